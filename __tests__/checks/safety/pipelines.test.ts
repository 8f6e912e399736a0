import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allowedProcessors, refusedProcessors } from '../../../src/checks/processors.ts';
import type { Value } from '../../../src/domain/document.ts';
import { judged, ofProcessor, told } from './judged.ts';

const forbidden = 'pipeline-forbidden-processor';
const routing = 'pipeline-routing';
const unknown = 'pipeline-script-not-known';

/** Ways round the checks that were tried, each at every place where a processor can stand. */
const attempts: readonly [string, Value, readonly string[]][] = [
  ['case of a type', { Drop: {} }, [forbidden]],
  ['a blank behind a type', { 'set ': { field: 'x', value: 1 } }, [forbidden]],
  ['a type of a prototype', { constructor: { field: 'x' } }, [forbidden]],
  ['two types in one object', { set: { field: 'x', value: 1 }, reroute: {} }, [forbidden]],
  ['a plugin', { remote: { url: 'https://example.org' } }, [forbidden]],
  ['terminate', { terminate: {} }, [forbidden]],
  ['redact', { redact: { field: 'message', patterns: ['%{IP:x}'] } }, [forbidden]],
  ['a regular expression', { gsub: { field: 'x', pattern: '(a+)+$', replacement: '' } }, [forbidden]],
  ['an expander of dots', { dot_expander: { field: '*' } }, [forbidden]],
  ['keys of the document', { kv: { field: 'message', field_split: ' ', value_split: '=' } }, [forbidden]],
  ['a date in the index', { date_index_name: { field: 'date', date_rounding: 'd' } }, [forbidden]],
  ['what is kept', { remove: { keep: 'x' } }, [forbidden]],
  ['a pipeline without a name', { pipeline: {} }, [forbidden]],
  ['a pipeline in a list', { pipeline: { name: ['other'] } }, [forbidden]],
  ['a pipeline by a template with other brackets', { pipeline: { name: '{{=<% %>=}}<%x%>' } }, [forbidden]],
  ['append to the index', { append: { field: '_index', value: 'x' } }, [routing]],
  ['the index removed', { remove: { field: ['a', '_index'] } }, [routing]],
  ['the index renamed away', { rename: { field: '_index', target_field: 'x' } }, [routing]],
  ['another field renamed to it', { rename: { field: 'x', target_field: '_index' } }, [routing]],
  ['case of the field', { set: { field: '_Index', value: 'x' } }, [routing]],
  ['a dot behind it', { set: { field: '_index.', value: 'x' } }, [routing]],
  ['a dot before it', { set: { field: '_source.._index', value: 'x' } }, [routing]],
  ['a part of it', { set: { field: '_index.x', value: 'x' } }, [routing]],
  ['brackets', { set: { field: "['_index']", value: 'x' } }, [routing]],
  ['the whole document', { inference: { model_id: 'm', target_field: '_source' } }, [routing]],
  ['the copied target', { set: { field: '_id', copy_from: 'x' } }, [routing]],
  ['changed in place', { lowercase: { field: '_index' } }, [routing]],
  ['changed into it', { uppercase: { field: 'x', target_field: '_routing' } }, [routing]],
  ['the version', { convert: { field: 'x', target_field: '_version', type: 'long' } }, [routing]],
  ['the kind of operation', { set: { field: '_op_type', value: 'create' } }, [routing]],
  ['a template of the whole field', { set: { field: '{{{_ingest.on_failure_message}}}', value: 'x' } }, [routing]],
  ['a template of a part', { append: { field: '_{{x}}', value: 'y' } }, [routing]],
  ['a template in a list', { remove: { field: ['a', '{{x}}'] } }, [routing]],
  [
    'the output of a model',
    { inference: { model_id: 'm', input_output: [{ input_field: 'a', output_field: '_index' }] } },
    [routing],
  ],
  [
    'the output of a model, without a list',
    { inference: { model_id: 'm', input_output: { input_field: 'a', output_field: '_index' } } },
    [routing],
  ],
  ['the root', { json: { field: 'message', add_to_root: 'yes' } }, [routing]],
  ['a script written short', { script: 'ctx.x = 1' }, [unknown]],
  ['a script under its older name', { script: { inline: 'ctx.x = 1' } }, [unknown]],
  ['a source that is no text', { script: { source: { x: 1 } } }, [unknown]],
  ['a script that is a list', { script: ['ctx.x = 1'] }, [unknown]],
  ['an id and a source', { script: { id: 'dga_ngrams_create', source: 'ctx.x = 1' } }, [unknown]],
  ['another language', { script: { lang: 'mustache', source: '{{x}}' } }, [unknown]],
  ['a language that is none', { script: { lang: ['painless'], source: 'ctx.x = 1' } }, [unknown]],
  ['a condition that loops', { set: { field: 'x', value: 1, if: 'while (true) {}' } }, [unknown]],
  ['a condition in a list', { set: { field: 'x', value: 1, if: ['while (true) {}'] } }, [unknown]],
  ['a condition as an object', { set: { field: 'x', value: 1, if: { source: 'ctx.put("a", 1)' } } }, [unknown]],
  ['a condition in mustache', { set: { field: 'x', value: 1, if: { lang: 'mustache', source: 'ctx.x' } } }, [unknown]],
  ['an index that is assembled', { script: { source: "ctx['_in' + 'dex'] = 'x'" } }, [unknown]],
  ['an index that is assigned', { script: { source: "ctx . _index = 'x'" } }, [routing, unknown]],
  ['an index that is put', { script: { source: 'ctx.put( "_index", "x")' } }, [routing, unknown]],
];

describe('no way round', () => {
  test.each(attempts)('%s', (_, processor, checks) => {
    for (const found of ofProcessor(processor)) expect(found).toEqual(checks);
  });
});

/** What an honest pipeline may do. */
const honest: readonly Value[] = [
  { set: { field: 'ml_is_dga.error', value: '{{ _ingest.on_failure_message }}' } },
  { set: { field: 'event.id', copy_from: '_id', if: "ctx._index.startsWith('packetbeat-')" } },
  { set: { field: '_ingest._value.seen', value: true } },
  { lowercase: { field: '_index', target_field: 'event.index' } },
  { rename: { field: 'dns.id', target_field: 'dns.original_id', ignore_missing: true } },
  { remove: { field: ['dga_1_0', 'my_index', 'a._index'] } },
  { json: { field: 'message', target_field: 'parsed', add_to_root: false } },
  { inference: { model_id: 'm', target_field: 'ml_is_dga', field_map: { a: 'b' } } },
  { pipeline: { name: 'dns_dga_inference_enrich_pipeline' } },
  { script: { id: 'dga_ngrams_create', params: { ngram_count: 1, limit: 63 } } },
  { registered_domain: { field: 'dns.question.name', target_field: '' } },
];

test.each(honest)('%j is nothing to say about', (processor) => {
  for (const found of ofProcessor(processor)) expect(found).toEqual([]);
});

test('the place is that of the target, the type, the text', () => {
  const pipeline = {
    processors: [
      { 'a/b': {} },
      { remove: { field: ['x', '_id'] } },
      { script: { source: 'ctx.x = 1' } },
      { set: { field: 'x', value: 1, if: 'ctx.x = 1' } },
      { script: { id: 's', params: { deep: [{ n: '999999999999' }] } } },
    ],
  };
  expect(told('elastic-pipeline', pipeline)).toEqual([
    'pipeline-forbidden-processor /processors/0/a~1b',
    'pipeline-routing /processors/1/remove/field/1',
    'pipeline-script-not-known /processors/2/script/source',
    'pipeline-script-not-known /processors/3/set/if',
    'pipeline-script-parameter-large /processors/4/script/params/deep/0/n',
  ]);
});

test('what no bundle of the kind can bring is refused, though its id is in order', () => {
  const pipeline = {
    processors: [
      { script: { id: 'theirs' } },
      { set: { field: 'x', value: 1, if: { id: 'theirs' } } },
      { pipeline: { name: 'theirs' } },
      { enrich: { policy_name: 'theirs', field: 'a', target_field: 'b' } },
    ],
  };
  expect(judged('elastic-pipeline', pipeline)).toEqual([]);
  expect(judged('elastic-pipeline', pipeline, [], []).map(({ check, at }) => `${check} ${at?.pointer}`)).toEqual([
    'pipeline-forbidden-processor /processors/2/pipeline',
    'pipeline-forbidden-processor /processors/3/enrich',
    'pipeline-script-not-known /processors/0/script/id',
    'pipeline-script-not-known /processors/1/set/if/id',
  ]);
});

test('the page names every processor that is allowed or refused, with its reason', () => {
  const page = readFileSync('docs/checks/pipeline-forbidden-processor.md', 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, type, reason]) => `${type}: ${reason}`);
  const table = [allowedProcessors, refusedProcessors].flatMap((each) => Object.entries(each));
  expect(rows).toEqual(table.map(([type, reason]) => `${type}: ${reason}`));
  expect(new Set(table.map(([type]) => type)).size).toBe(table.length);
});
