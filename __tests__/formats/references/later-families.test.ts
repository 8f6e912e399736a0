import { expect, it } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import { enrichPolicyReferences } from '../../../src/formats/references/enrich-policy.ts';
import { savedObjectReferences } from '../../../src/formats/references/saved-object.ts';
import { aggregationContext, transformReferences } from '../../../src/formats/references/transform.ts';
import { savedObjectScripts } from '../../../src/formats/scripts/saved-object.ts';

const short = (references: ReturnType<typeof transformReferences>) =>
  references.map(({ role, space, id, at }) => `${role} ${space} ${id} ${at.pointer}`);

it('finds what a transform reads, fills, sends through and calls, at its pointer', () => {
  const transform = {
    source: { index: ['one', 'two-*', 'eu:three'], query: { script: { script: { id: 'q' } } } },
    dest: { index: 'out', pipeline: 'p' },
    pivot: {
      group_by: { script: { terms: { field: 'a' } } },
      aggregations: {
        m: { scripted_metric: { init_script: { id: 'i' }, map_script: { stored: 'm' }, reduce_script: 'return 1' } },
        b: { bucket_script: { script: { id: 'b' }, buckets_path: {} } },
      },
    },
  };
  expect(short(transformReferences(transform, 'f'))).toEqual([
    'uses index one /source/index/0',
    'defines index out /dest/index',
    'uses pipeline p /dest/pipeline',
    'uses script q /source/query/script/script/id',
    'uses script i /pivot/aggregations/m/scripted_metric/init_script/id',
    'uses script m /pivot/aggregations/m/scripted_metric/map_script/stored',
    'uses script b /pivot/aggregations/b/bucket_script/script/id',
  ]);
});

it('knows in which context a script of an aggregation is compiled, and of no other', () => {
  expect(aggregationContext('/pivot/aggregations/m/scripted_metric/init_script/id')).toBe('aggs_init');
  expect(aggregationContext('/pivot/aggs/m/aggs/n/scripted_metric/reduce_script/stored')).toBe('aggs_reduce');
  expect(aggregationContext('/pivot/aggregations/b/bucket_script/script/id')).toBeUndefined();
});

it('finds the indices of an enrich policy, and objects of Kibana with what they refer to', () => {
  expect(short(enrichPolicyReferences({ match: { indices: 'users' }, range: { indices: ['a', 'b*'] } }, 'f'))).toEqual([
    'uses index users /match/indices',
    'uses index a /range/indices/0',
  ]);
  const lines = [
    { type: 'dashboard', id: 'd', references: [{ type: 'lens', id: 'l', name: 'n' }, { type: 'lens' }, null] },
    { type: 'lens', id: 'l' },
    { exportedCount: 2 },
  ];
  const found = savedObjectReferences(lines, 'f');
  expect(short(found)).toEqual([
    'defines saved-object dashboard/d /0/id',
    'uses saved-object lens/l /0/references/0/id',
    'defines saved-object lens/l /1/id',
  ]);
  expect(found.map(({ entryPoint }) => entryPoint)).toEqual([true, undefined, undefined]);
});

it('finds programs that Kibana keeps as JSON in a text, at that text', () => {
  const fields = JSON.stringify([{ name: 'x', scripted: true, script: 'doc.y.value', lang: 'painless' }]);
  const panels = JSON.stringify([{ embeddableConfig: { state: JSON.stringify({ script: { source: 'deeper' } }) } }]);
  const lines = [{ attributes: { fields, panelsJSON: panels } }, { attributes: { runtime: { script: 'plain' } } }];
  const found = savedObjectScripts(lines).map(({ pointer, source }) => `${pointer} ${source}`);
  expect(found.sort()).toEqual([
    '/0/attributes/fields doc.y.value',
    '/0/attributes/panelsJSON deeper',
    '/1/attributes/runtime/script plain',
  ]);
});

it.each<Value>([null, [], 'x', 1, {}, { source: 1, dest: [] }, { match: null }])('finds nothing in %j', (value) => {
  expect(transformReferences(value, 'f')).toEqual([]);
  expect(enrichPolicyReferences(value, 'f')).toEqual([]);
  expect(savedObjectReferences([value], 'f')).toEqual([]);
  expect(savedObjectReferences(value, 'f')).toEqual([]);
});
