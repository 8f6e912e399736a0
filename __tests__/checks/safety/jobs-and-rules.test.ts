import { describe, expect, test } from 'vitest';
import { memoryBytes } from '../../../src/checks/memory-size.ts';
import { matchesAll } from '../../../src/checks/query-reach.ts';
import type { Value } from '../../../src/domain/document.ts';
import { told } from './judged.ts';

describe('indices', () => {
  const datafeed = (indices: Value) =>
    told('elastic-job', { name: 'd', type: 'datafeed', body: { job_id: 'j', indices } });

  test.each<[Value, string]>([
    [['*'], '/0'],
    ['*', ''],
    [['a-b,*'], '/0'],
    [['_all'], '/0'],
    [['_ALL'], '/0'],
    [['*:*'], '/0'],
    [['*::data'], '/0'],
    [['eu:*::failures'], '/0'],
    [['eu:_all'], '/0'],
    [['**'], '/0'],
    [['*-*'], '/0'],
    [['.*'], '/0'],
    [['?*'], '/0'],
    [['*a*'], '/0'],
    [['<*>'], '/0'],
    [['<*-{now/d}>'], '/0'],
    [['logs-*', ' * '], '/1'],
    [['*', '-logs-*'], '/0'],
    [['-*'], ''],
    [['-logs-*'], ''],
    [[], ''],
    ['', ''],
    [[' ', ','], ''],
    [null, ''],
    [[['*']], '/0'],
    [{ 0: '*' }, ''],
  ])('%j reach everything', (indices, pointer) => {
    expect(datafeed(indices)).toEqual([`ml-job-unbounded-indices /body/indices${pointer}`]);
  });

  test.each<Value>([
    'packetbeat-*',
    ['packetbeat-*', 'logs-network_traffic.dns-*', '-logs-old'],
    ['*:packetbeat-*', 'eu:logs-*', 'eu:logs-*::data'],
    ['*-dns', '.alerts-*', 'é模-*'],
    ['<logstash-{now/d-1d}>'],
    ['x'],
  ])('%j do not', (indices) => {
    expect(datafeed(indices)).toEqual([]);
  });

  test('are looked at under both names, in all three kinds of job, and missed', () => {
    const jobs: Value[] = [
      { name: 'd', type: 'datafeed', body: { indices: ['logs-x'], indexes: ['*'] } },
      { name: 'd', type: 'datafeed', body: {} },
      { name: 'j', type: 'anomaly_detection', body: { datafeed_config: {} } },
      { name: 'j', type: 'anomaly_detection', body: { datafeed_config: { indexes: '_all' } } },
      { name: 'a', type: 'data_frame_analytic', body: { source: { index: ['*'] } } },
      { name: 'a', type: 'data_frame_analytic', body: { source: { query: {} } } },
    ];
    expect(jobs.flatMap((job) => told('elastic-job', job))).toEqual([
      'ml-job-unbounded-indices /body/indexes/0',
      'ml-job-unbounded-indices /body',
      'ml-job-unbounded-indices /body/datafeed_config',
      'ml-job-unbounded-indices /body/datafeed_config/indexes',
      'ml-job-unbounded-indices /body/source/index/0',
      'ml-job-unbounded-indices /body/source',
    ]);
  });
});

describe('memory', () => {
  test.each<[Value, number | 'auto' | undefined]>([
    ['64mb', 64 * 1024 ** 2],
    ['64 MB', 64 * 1024 ** 2],
    ['1.5g', 1.5 * 1024 ** 3],
    ['12', 12 * 1024 ** 2],
    [12, 12 * 1024 ** 2],
    ['512b', 512],
    ['AUTO', 'auto'],
    ['', undefined],
    ['-1', undefined],
    ['64 m b', undefined],
    ['9'.repeat(100), undefined],
    [true, undefined],
    [['1gb'], undefined],
  ])('%j', (text, bytes) => {
    expect(memoryBytes(text)).toBe(bytes);
  });

  test.each<Value>(['900gb', '900GB', 900_000, 1e300, '1pb', '4097mb', 'x', []])(
    '%j is too much or nothing',
    (limit) => {
      const anomaly = {
        name: 'j',
        type: 'anomaly_detection',
        body: { analysis_limits: { model_memory_limit: limit } },
      };
      const analytic = { name: 'j', type: 'data_frame_analytic', body: { model_memory_limit: limit } };
      expect([anomaly, analytic].flatMap((job) => told('elastic-job', job))).toEqual([
        'ml-job-memory-limit /body/analysis_limits/model_memory_limit',
        'ml-job-memory-limit /body/model_memory_limit',
      ]);
    },
  );
});

describe('queries that match everything', () => {
  test.each([
    ...[
      '',
      ' ',
      '*',
      '*:*',
      '(*:*)',
      '((*))',
      '* : *',
      '"*":*',
      '_exists_:@timestamp',
      '_id:*',
      '@timestamp >= "now-10y"',
    ],
    ...['a:b or *', 'a:b OR *:*', 'a:b || *', '* or a:b and c:d', 'not not *', 'NOT (not (*:*))', '!(!*)', '*:(*)'],
    ...['* and *', 'a:b or not a:b', 'not a:b or a:b', 'a:"x or y" or *', '*:* foo', '+*:*', '/.*/', 'a:(b or c) or *'],
  ])('KQL and Lucene: %s', (query) => {
    expect(matchesAll(query, 'kuery')).toBe(true);
  });

  test.each([
    ...['a:b', '* and a:b', '*:* AND NOT a:b', 'not a:b', 'not *', 'a:* or b:*', 'a:(* or b) and c:d', '"* or *"'],
    ...['+a:b *:*', '*:* -a:b', 'a : "x" or b : "*:* y"', 'process.name:*', 'a:b and (* or c:d)', '(a:b) and (c:d)'],
  ])('KQL and Lucene, but not: %s', (query) => {
    expect(matchesAll(query, 'lucene')).toBe(false);
  });

  test.each([
    ...[
      'any where true',
      'ANY WHERE (true)',
      'process where true',
      'any where not false',
      'any where 1 == 1',
      'any where 2 >= 1',
    ],
    ...['any where a == "b" or true', 'any where process.pid == process.pid', 'any where @timestamp != null'],
    ...['any where true // a == b', 'any where /* not */ true', 'any where true | head 10'],
    ...['sequence by host.id [any where true] [process where 1 == 1]', 'any where a == "//" or true'],
  ])('EQL: %s', (query) => {
    expect(matchesAll(query, 'eql')).toBe(true);
  });

  test.each([
    ...['process where process.name == "x"', 'any where false', 'any where 1 == 2', 'any where a == "// b" and true'],
    ...['sequence [any where true] [process where process.name == "x"]', 'any where x not in ("a", "b")'],
    ...['any where x in ("a") and true', 'any where length(x) > 5', 'any where x like~ "a*"'],
  ])('EQL, but not: %s', (query) => {
    expect(matchesAll(query, 'eql')).toBe(false);
  });

  test.each([
    ['from logs-*', true],
    ['FROM logs-* METADATA _id | LIMIT 10', true],
    ['from logs-* | where true | keep a', true],
    ['from logs-* // | where a == 1', true],
    ['from logs-* | eval a = "| where b == 1"', true],
    ['from logs-* | where a == 1', false],
    ['from logs-* | stats n = count(*) by a | where n > 5', false],
  ])('ES|QL: %s', (query, all) => {
    expect(matchesAll(query, 'esql')).toBe(all);
  });

  test.each(['(', ')', '"', "'", '[', ' ', '\\', '"\\', 'a ', 'not ', '(a or ', '/*', '//', '<', '!', '|', 'a:(', '*'])(
    'a hundred thousand times %j are read in one pass',
    (text) => {
      for (const language of ['kuery', 'eql', 'esql']) {
        expect([true, false]).toContain(matchesAll(text.repeat(100_000), language));
        expect([true, false]).toContain(matchesAll(`sequence any where a${text.repeat(100_000)}b`, language));
      }
    },
  );
});

describe('rules', () => {
  const rule = (more: Value, top: object = {}): Value => JSON.parse(JSON.stringify({ rule: more, ...top }));

  test.each<[object, string[]]>([
    [{ type: 'query', query: '*:*', filters: [{ query: { match_all: {} } }] }, ['rule-match-all']],
    [
      { type: 'query', query: '*:*', filters: [{ meta: { disabled: true }, query: { term: { a: 1 } } }] },
      ['rule-match-all'],
    ],
    [{ type: 'query', query: '*:*', filters: [{ query: { term: { a: 1 } } }] }, []],
    [{ query: '*' }, ['rule-match-all']],
    [{ type: 'threshold', query: '*', threshold: { field: 'a', value: 1 } }, ['rule-match-all']],
    [{ type: 'threshold', query: '*', threshold: { field: 'a', value: 50 } }, []],
    [{ type: 'threat_match', query: '*:*' }, []],
    [{ type: 'query', query: 'a:b', index: ['*'] }, ['rule-unbounded-indices']],
    [{ type: 'threat_match', query: '*:*', threat_index: '_all' }, ['rule-unbounded-indices']],
    [{ type: 'esql', query: 'from * metadata _id | where a == 1' }, ['rule-unbounded-indices']],
    [{ type: 'esql', query: '/* x */ FROM logs-x, "*" | where a == 1' }, ['rule-unbounded-indices']],
    [{ type: 'esql', query: 'from logs-* metadata _id | where a == 1' }, []],
    [{ actions: [{ id: 'c' }] }, ['rule-action']],
    [{ actions: { id: 'c' } }, ['rule-action']],
    [{ actions: 'x' }, ['rule-action']],
    [{ response_actions: [{}] }, ['rule-action']],
    [{ actions: [], response_actions: [], exceptions_list: [] }, []],
    [{ exceptions_list: [{ list_id: 'endpoint_list' }] }, ['rule-foreign-reference']],
    [{ exceptions_list: 'x' }, ['rule-foreign-reference']],
    [{ type: 'saved_query', saved_id: 'x' }, ['rule-foreign-reference']],
    [{ enabled: true }, ['rule-enabled']],
    [{ enabled: 'false' }, ['rule-enabled']],
    [{ enabled: 1 }, ['rule-enabled']],
    [{ rule_id: '1' }, []],
    [{ rule_id: '..' }, ['rule-id-unsafe']],
    [{ rule_id: 'a%2fb' }, ['rule-id-unsafe']],
    [{ rule_id: 'a?b' }, ['rule-id-unsafe']],
    [{ rule_id: 'a\nb' }, ['rule-id-unsafe']],
    [{ rule_id: 'x'.repeat(300) }, ['rule-id-unsafe']],
    [{ machine_learning_job_id: ['a', '../b'] }, ['reference-id-unsafe']],
    [{ machine_learning_job_id: '*' }, ['reference-id-unsafe']],
    [{ name: 'a\u0007b' }, ['rule-bad-name']],
    [{ name: '::error::x' }, ['rule-bad-name']],
    [{ name: '##[error]x' }, ['rule-bad-name']],
    [{ name: 'a\u200bb' }, ['rule-bad-name']],
    [{ name: '[click](https://example.org)' }, ['rule-bad-name']],
    [{ name: 'a'.repeat(201) }, ['rule-bad-name']],
    [{ name: '</script>' }, ['rule-bad-name']],
  ])('%j', (more, checks) => {
    expect(told('elastic-rule', rule(JSON.parse(JSON.stringify(more)))).map((each) => each.split(' ')[0])).toEqual(
      checks,
    );
  });

  test('actions and exception lists beside the table are seen too', () => {
    expect(told('elastic-rule', rule({}, { actions: [{}], exceptions_list: [{}] }))).toEqual([
      'rule-action /actions',
      'rule-foreign-reference /exceptions_list',
    ]);
  });
});
