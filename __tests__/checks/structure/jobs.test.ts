import { describe, expect, test } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import { bundleOf, examined, fileOf, found, said } from './looked-at.ts';

const body = { analysis_config: { detectors: [{ function: 'rare' }] }, data_description: {} };
const job = { name: 'dns-rare', type: 'anomaly_detection', body };
const feed = { name: 'datafeed-dns', type: 'datafeed', body: { job_id: 'dns-rare', indices: ['dns-*'] } };
const analytic = {
  name: 'dns-outliers',
  type: 'data_frame_analytic',
  body: { source: { index: 'dns' }, dest: { index: 'out' }, analysis: { outlier_detection: {} } },
};

function withBody(of: { readonly [key: string]: Value }, change: { readonly [key: string]: Value }): Value {
  return { ...of, body: { ...(of.body as object), ...change } };
}

test.each([job, feed, analytic])('a whole job of the type $type passes', (value) => {
  expect(found('elastic-job', value)).toEqual([]);
});

describe('the wrapper', () => {
  test.each<[string, Value, string[]]>([
    ['no type', { name: 'x', body }, ['job-field-missing ']],
    ['nothing', {}, ['job-field-missing ', 'job-field-missing ', 'job-field-missing ']],
    ['an array', [job], ['job-field-type ']],
    ['a text', 'job', ['job-field-type ']],
    ['null', null, ['job-field-type ']],
    ['name a number', { ...job, name: 7 }, ['job-field-type /name']],
    ['name null', { ...job, name: null }, ['job-field-type /name']],
    ['type an array', { ...job, type: ['datafeed'] }, ['job-field-type /type']],
    ['body an array', { ...job, body: [body] }, ['job-field-type /body']],
    ['body a text', { ...job, body: '{}' }, ['job-field-type /body']],
    [
      'inherited names',
      JSON.parse('{"__proto__": {"name": "x", "type": "datafeed", "body": {}}}'),
      ['job-field-missing ', 'job-field-missing ', 'job-field-missing '],
    ],
  ])('%s', (_, value, expected) => {
    expect(found('elastic-job', value)).toEqual(expected);
  });

  test('a misspelt field is named', () => {
    expect(said('job-field-missing', 'elastic-job', { name: 'x', Type: 'datafeed', body })).toEqual([
      'The job has no `type` (`anomaly_detection`, `data_frame_analytic`, `datafeed`). Is `Type` meant? Call it `type`.',
    ]);
  });
});

describe('the name', () => {
  test.each(['a', '7', 'a-b_c.d', 'dga_1611725_2.0', 'a'.repeat(64), 'a..b'])('%s passes', (name) => {
    expect(found('elastic-job', { ...job, name })).toEqual([]);
  });

  test.each([
    ['', 'it is empty'],
    ['a'.repeat(65), 'it has 65 characters'],
    ['x\n::set-output name=tag::evil\n::error::pwned', 'it holds "\\n"'],
    ['../_security/user/x', 'it holds "/"'],
    ['a%2fb', 'it holds "%"'],
    ['a?b', 'it holds "?"'],
    ['A', 'it holds "A"'],
    ['ä', 'it holds "ä"'],
    ['a\u202eb', 'it holds "\u202e"'],
    ['😀', 'it holds "😀"'],
    ['_all', 'it begins with `_`'],
    ['..', 'it begins with `.`'],
    ['a-', 'it ends with `-`'],
  ])('%j is refused', (name, why) => {
    expect(found('elastic-job', { ...job, name })).toEqual(['ml-job-bad-name /name']);
    const [message = ''] = said('ml-job-bad-name', 'elastic-job', { ...job, name });
    expect(message).toContain(`: ${why}.`);
    expect(message).toContain('at most 64 characters');
  });

  test('a name of a million characters gives a short message', () => {
    const [message = ''] = said('ml-job-bad-name', 'elastic-job', { ...job, name: 'a'.repeat(1e6) });
    expect(message).toContain('it has 1000000 characters');
    expect(message.length).toBeLessThan(400);
  });
});

describe('the type', () => {
  test.each([
    ['data_frame_analytics', 'Did you mean `data_frame_analytic`?'],
    ['anomaly-detection', 'Did you mean `anomaly_detection`?'],
    ['Datafeed', 'Did you mean `datafeed`?'],
    ['../../_security', 'is not known'],
    ['constructor', 'is not known'],
    ['', 'is not known'],
  ])('%j is refused', (type, says) => {
    expect(found('elastic-job', { ...job, type })).toEqual(['ml-job-bad-type /type']);
    expect(said('ml-job-bad-type', 'elastic-job', { ...job, type }).join()).toContain(says);
  });
});

describe('the body', () => {
  test.each<[string, Value, string[]]>([
    ['an empty job', { ...job, body: {} }, ['/body', '/body']],
    ['no detectors', withBody(job, { analysis_config: {} }), ['/body/analysis_config']],
    ['empty detectors', withBody(job, { analysis_config: { detectors: [] } }), ['/body/analysis_config/detectors']],
    [
      'a detector without a function',
      withBody(job, { analysis_config: { detectors: [{ function: 'rare' }, { field_name: 'x' }] } }),
      ['/body/analysis_config/detectors/1'],
    ],
    ['analysis_config a text', withBody(job, { analysis_config: 'rare' }), ['/body/analysis_config']],
    ['a datafeed inside without indices', withBody(job, { datafeed_config: {} }), ['/body/datafeed_config']],
    ['an empty datafeed', { ...feed, body: {} }, ['/body', '/body']],
    ['no indices', { ...feed, body: { job_id: 'x' } }, ['/body']],
    ['empty indices', withBody(feed, { indices: [] }), ['/body/indices']],
    ['no dest', { ...analytic, body: { source: { index: 'x' }, analysis: { outlier_detection: {} } } }, ['/body']],
    ['no dest.index', withBody(analytic, { dest: {} }), ['/body/dest']],
    ['an empty analysis', withBody(analytic, { analysis: {} }), ['/body/analysis']],
    ['a regression of nothing', withBody(analytic, { analysis: { regression: {} } }), ['/body/analysis/regression']],
  ])('%s', (_, value, pointers) => {
    expect(found('elastic-job', value)).toEqual(pointers.map((pointer) => `job-body-incomplete ${pointer}`));
  });

  test('`indexes` is as good as `indices`, and the lack of both is one finding', () => {
    expect(found('elastic-job', { ...feed, body: { job_id: 'x', indexes: ['a'] } })).toEqual([]);
    expect(said('job-body-incomplete', 'elastic-job', { ...feed, body: { job_id: 'x' } })).toEqual([
      '`body` of this datafeed has neither `indices` nor `indexes`.',
    ]);
  });

  test('a body whose type is not known is not judged', () => {
    expect(found('elastic-job', { ...job, type: 'other', body: {} })).toEqual(['ml-job-bad-type /type']);
  });
});

describe('what cannot be looked at', () => {
  test('a file that cannot be read, with the reason', () => {
    const { document: _, ...unread } = fileOf(null);
    const bundle = bundleOf('elastic-job', [{ ...unread, unreadable: 'json-syntax' }, fileOf({ name: 'x', body })]);
    expect(examined('job-field-missing', bundle)).toMatchObject({
      findings: [{ at: { file: 'file.json', pointer: '' } }],
      skipped: ['`file.json` cannot be read (json-syntax)'],
    });
  });

  test('no job at all, where there must be one', () => {
    const bundle = bundleOf('elastic-job', []);
    expect(examined('job-field-missing', bundle)).toEqual({ findings: [], skipped: [] });
    const { kind = expect.unreachable() } = bundle;
    const due = {
      ...bundle,
      kind: { ...kind, roles: kind.roles.map((role) => ({ ...role, count: 'some' as const })) },
    };
    expect(examined('job-field-missing', due).skipped).toEqual(['there is no file of the role `file`']);
  });

  test('a kind without jobs is not looked at, and one that is not known is told', () => {
    expect(examined('job-field-missing', bundleOf('elastic-rule', []))).toEqual({ findings: [], skipped: [] });
    const { kind: _, ...unknown } = bundleOf('elastic-job', []);
    expect(examined('job-field-missing', unknown).skipped).toEqual(['the kind of the bundle is not known']);
  });

  test('twenty findings are listed, the others are counted where they begin', () => {
    const files = Array.from({ length: 30 }, (_, index) => fileOf({}, { path: `${index}.json` }));
    const { findings } = examined('job-field-missing', bundleOf('elastic-job', files));
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)).toMatchObject({ message: 'And 70 more like these.', at: { file: '6.json', pointer: '' } });
  });
});
