import { describe, expect, test } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import { defaultLimits } from '../../../src/domain/limits.ts';
import { bundleOf, examined, fileOf, found, said } from './looked-at.ts';

const stump = { feature_names: [], tree_structure: [{ leaf_value: 1 }] };
const model = {
  model_id: 'dga_1000_1.0',
  tags: ['dga', 'dga_1000'],
  metadata: { classes: { 0: 'benign' }, total_feature_importance: null },
  input: { field_names: ['dga_len', 'dns.question.name'] },
  inference_config: { classification: { num_top_classes: 2 } },
  definition: { preprocessors: [], trained_model: { tree: stump } },
} satisfies Value;
type Change = { readonly [key: string]: Value };

function without(...keys: string[]): Value {
  return Object.fromEntries(Object.entries(model).filter(([key]) => !keys.includes(key)));
}

test('a model passes, and so do all fields that Elasticsearch takes', () => {
  const all: Change = {
    ...model,
    ...{ model_type: 'tree_ensemble', description: 'x', default_field_map: {}, model_size_bytes: 1, doc_type: 'x' },
    ...{
      estimated_heap_memory_usage_bytes: 1,
      estimated_operations: 1,
      platform_architecture: 'x',
      prefix_strings: {},
    },
  };
  expect(found('elastic-model', all, ['dga_1000_1.0'])).toEqual([]);
});

describe('fields that Elasticsearch refuses', () => {
  test.each(['version', 'created_by', 'create_time', 'license_level', 'location', 'model_package'])('%s', (key) => {
    expect(found('elastic-model', { ...model, [key]: 'x' })).toEqual([`model-body-refused /${key}@key`]);
    expect(said('model-body-refused', 'elastic-model', { ...model, [key]: 'x' })).toEqual([
      `\`${key}\` is set by the server: Elasticsearch refuses it when a model is created.`,
    ]);
  });

  test.each(['total_feature_importance', 'model_aliases'])('metadata.%s', (key) => {
    expect(found('elastic-model', { ...model, metadata: { [key]: [] } })).toEqual([
      `model-body-refused /metadata/${key}@key`,
    ]);
    expect(found('elastic-model', { ...model, metadata: { [key]: null } })).toEqual([]);
  });

  test('a misspelt field is named, an odd one cut and escaped in the pointer', () => {
    expect(said('model-body-refused', 'elastic-model', { ...model, descripton: 'x' })).toEqual([
      '`descripton` is no field of a model: Elasticsearch refuses what it does not know. Did you mean `description`?',
    ]);
    expect(found('elastic-model', { ...model, 'a/b~': 1 })).toEqual(['model-body-refused /a~1b~0@key']);
    const [message = ''] = said('model-body-refused', 'elastic-model', { ...model, ['x'.repeat(1e5)]: 1 });
    expect(message.length).toBeLessThan(200);
  });

  test.each<[string, Value]>([
    ['an array', []],
    ['a text', 'x'],
    ['null', null],
  ])('%s is no model', (_, value) => {
    expect(found('elastic-model', value)).toEqual(['model-body-refused ']);
  });
});

describe('fields that Elasticsearch requires', () => {
  test.each<[string, Value, string[]]>([
    ['no inference_config', without('inference_config'), ['']],
    ['inference_config null', { ...model, inference_config: null }, ['/inference_config']],
    ['inference_config empty', { ...model, inference_config: {} }, ['/inference_config']],
    ['two kinds of inference', { ...model, inference_config: { a: {}, b: {} } }, ['/inference_config']],
    ['no input', without('input'), ['']],
    ['input a list', { ...model, input: ['a'] }, ['/input']],
    ['no field_names', { ...model, input: {} }, ['/input']],
    ['field_names empty', { ...model, input: { field_names: [] } }, ['/input/field_names']],
    ['field_names a text', { ...model, input: { field_names: 'a' } }, ['/input/field_names']],
    [
      'field names that are none',
      { ...model, input: { field_names: ['a.b', 'a..b', '.a', 'a.', '', 1, 'c'] } },
      [1, 2, 3, 4, 5].map((index) => `/input/field_names/${index}`),
    ],
    ['no definition', without('definition'), ['']],
    ['no definition of trees', { ...(without('definition') as object), model_type: 'tree_ensemble' }, ['']],
    ['both definitions', { ...model, compressed_definition: 'H4sI' }, ['/compressed_definition']],
    ['a definition that is a text', { ...model, definition: '{}' }, ['/definition']],
    ['a definition without a model', { ...model, definition: { preprocessors: [] } }, ['/definition']],
  ])('%s', (_, value, pointers) => {
    expect(found('elastic-model', value)).toEqual(pointers.map((pointer) => `model-field-missing ${pointer}`));
  });

  test('a definition that comes in parts later needs neither definition nor input, and its trees are skipped', () => {
    const partial: Value = { inference_config: { text_classification: {} }, model_type: 'pytorch' };
    expect(found('elastic-model', partial)).toEqual([]);
    expect(examined('tree-cycle', bundleOf('elastic-model', [fileOf(partial)])).skipped).toEqual([
      '`file.json` has no definition that can be read',
    ]);
  });
});

describe('ids and tags', () => {
  test.each<[string, readonly string[], Value, string[]]>([
    ['the same bad id in both is told once', ['DGA_1'], 'DGA_1', ['model-id-invalid file']],
    ['of two bad ids both are told', ['DGA_1'], 'x_', ['model-id-invalid file', 'model-id-invalid /model_id']],
    ['an id reserved for packages', [], '.elser', ['model-id-invalid /model_id']],
    ['65 characters', [], 'a'.repeat(65), ['model-id-invalid /model_id']],
    ['64 characters', ['a'.repeat(64)], 'a'.repeat(64), []],
    ['a number', [], 7, ['model-id-invalid /model_id']],
  ])('%s', (_, named, id, expected) => {
    expect(found('elastic-model', { ...model, model_id: id }, named)).toEqual(expected);
  });

  test.each<[string, Value, string[]]>([
    ['a text', 'dga', ['/tags']],
    ['a number among them', ['dga', 7], ['/tags/1']],
    ['a space', ['dga model'], ['/tags/0']],
    ['too long', ['a'.repeat(65), 'b'], ['/tags/0']],
    ['the id of the body', ['dga_1000_1.0'], ['/tags/0']],
    ['the id of the file name', ['dga', 'dga_2000'], ['/tags/1']],
    ['none', [], []],
  ])('tags: %s', (_, tags, pointers) => {
    const expected = pointers.map((pointer) => `model-tag-invalid ${pointer}`);
    expect(found('elastic-model', { ...model, tags }, ['dga_2000'])).toEqual(expected);
  });
});

test('a model is too large above the limit, not at it, and whether it can be read or not', () => {
  const { document: _, ...unread } = fileOf(model, { size: defaultLimits.modelBytes + 1, path: 'large.json' });
  const bundle = bundleOf('elastic-model', [fileOf(model, { size: defaultLimits.modelBytes }), unread]);
  expect(examined('model-too-large', bundle).findings).toEqual([
    {
      message: '`large.json` has 104857601 bytes (100.0 MiB); a request may have 104857600 bytes (100.0 MiB).',
      at: { file: 'large.json' },
    },
  ]);
});
