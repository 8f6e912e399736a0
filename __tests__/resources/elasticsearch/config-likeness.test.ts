import { describe, expect, it } from 'vitest';
import type { ObjectValue, Value } from '../../../src/domain/document.ts';
import { type ConfigShape, configOf, differences } from '../../../src/resources/elasticsearch/config-likeness.ts';

const shape: ConfigShape = {
  server: ['create_time'],
  renamed: { indexes: 'indices' },
  whole: ['query', 'custom_settings'],
  bare: ['description', 'groups', 'query', 'custom_settings', 'model_plot_config', 'by_field_name'],
};

const differing = (wanted: Value, actual: Value): string[] =>
  differences(shape, configOf(shape, wanted), configOf(shape, actual));

/** Pairs that are equal: what a file says, and what a server makes of it. */
const equal: readonly (readonly [why: string, wanted: ObjectValue, actual: ObjectValue])[] = [
  ['a default is filled in', {}, { scroll_size: 1000, chunking_config: { mode: 'auto' } }],
  ['the server writes times', { a: 1, create_time: 5 }, { a: 1, create_time: 7 }],
  ['a default is filled in deep', { d: [{ function: 'sum' }] }, { d: [{ function: 'sum', detector_index: 0 }] }],
  ['megabytes are written out', { model_memory_limit: '1gb' }, { model_memory_limit: '1024mb' }],
  ['megabytes have no unit', { model_memory_limit: 256 }, { model_memory_limit: '256mb' }],
  ['a unit has its long name', { model_memory_limit: '512M' }, { model_memory_limit: '512mb' }],
  ['a span is written in seconds', { bucket_span: '900s' }, { bucket_span: '15m' }],
  ['a number is a text', { scroll_size: '500' }, { scroll_size: 500 }],
  ['one is a list of one', { index: 'a' }, { index: ['a'] }],
  ['a name is an old one', { indexes: ['a'] }, { indices: ['a'] }],
  ['nothing is an empty list', { groups: [] }, {}],
  ['nothing is an empty text', {}, { description: '' }],
  ['no plot is none', {}, { model_plot_config: { enabled: false, annotations_enabled: false } }],
  ['everything is searched', { query: { match_all: {} } }, { query: { match_all: { boost: 1 } } }],
  ['everything is searched unsaid', {}, { query: { match_all: { boost: 1 } } }],
  ['an index gets a prefix', { results_index_name: 'mine' }, { results_index_name: 'custom-mine' }],
  ['false is the default', { use_null: false }, {}],
];

const different: readonly (readonly [why: string, wanted: ObjectValue, actual: ObjectValue, names: string[]])[] = [
  ['a text is another', { a: 'x' }, { a: 'y' }, ['a']],
  ['a member is missing', { a: 'x' }, {}, ['a']],
  ['a description is not wanted any more', {}, { description: 'old' }, ['description']],
  ['groups are not wanted any more', {}, { groups: ['old'] }, ['groups']],
  ['a detector splits no more', { d: [{ f: 1 }] }, { d: [{ f: 1, by_field_name: 'x' }] }, ['d']],
  ['a list is longer', { d: [1] }, { d: [1, 2] }, ['d']],
  ['a list is in another order', { d: [1, 2] }, { d: [2, 1] }, ['d']],
  ['a list is empty now', { d: [] }, { d: [1] }, ['d']],
  ['a query asks less', { query: { bool: { must: 1 } } }, { query: { bool: { must: 1, filter: 2 } } }, ['query']],
  ['a query is taken out', {}, { query: { term: {} } }, ['query']],
  ['a match has a boost', { query: { term: 1 } }, { query: { match_all: {} } }, ['query']],
  ['settings are taken out', { custom_settings: {} }, { custom_settings: { url: 'x' } }, ['custom_settings']],
  ['a plot is switched off', {}, { model_plot_config: { enabled: true } }, ['model_plot_config']],
  ['a limit is raised', { model_memory_limit: '2gb' }, { model_memory_limit: '1024mb' }, ['model_memory_limit']],
  ['a limit is no size', { model_memory_limit: '1024 mb' }, { model_memory_limit: '1024mb' }, ['model_memory_limit']],
  ['a span is another', { bucket_span: '15s' }, { bucket_span: '15m' }, ['bucket_span']],
  ['a text only looks like a span', { a: '60s' }, { a: '1m' }, ['a']],
  ['an object is a text', { a: {} }, { a: 'x' }, ['a']],
  ['a text is an object', { a: '[object Object]' }, { a: { b: 1 } }, ['a']],
  ['it is on', { allow_lazy_open: true }, { allow_lazy_open: false }, ['allow_lazy_open']],
  ['it is off', { allow_lazy_open: false }, { allow_lazy_open: true }, ['allow_lazy_open']],
  ['names of a prototype', { constructor: 'x' }, {}, ['constructor']],
];

describe('what a server made of a configuration', () => {
  it.each(equal)('is equal where %s', (_, wanted, actual) => {
    expect(differing(wanted, actual)).toEqual([]);
  });

  it.each(different)('differs where %s', (_, wanted, actual, names) => {
    expect(differing(wanted, actual)).toEqual(names);
  });

  it('says nothing of a body that is no object', () => {
    expect(configOf(shape, ['a'])).toEqual({});
  });
});
