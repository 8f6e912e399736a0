import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/domain/bundle.ts';
import type { Value } from '../../../src/domain/document.ts';
import { referenceGraph } from '../../../src/formats/bundle/graph.ts';
import { mlDga } from '../../../src/kinds/ml-dga.ts';
import { mlExperimentalDetections } from '../../../src/kinds/ml-experimental-detections.ts';

function entry(path: string, role: string, more: Partial<Entry> & { value?: Value } = {}): Entry {
  const { value, ...rest } = more;
  const document = value === undefined ? {} : { document: { value, locate: async () => undefined } };
  return { path, role, size: 1, sha256: '', ...document, ...rest };
}

describe('referenceGraph', () => {
  it('defines by role: literal ids, and the captured one', () => {
    const graph = referenceGraph(mlDga, [
      entry('dga_7_model.json', 'model', { capture: '7' }),
      entry('dga_7_ngrams_create.json', 'ngrams-create', { capture: '7' }),
    ]);
    expect(graph.references.map(({ role, space, id }) => [role, space, id])).toEqual([
      ['defines', 'model', 'dga_7'],
      ['defines', 'script', 'dga_ngrams_create'],
    ]);
    expect(graph.definable).toEqual(['model', 'script', 'pipeline']);
  });

  it('says in which spaces a missing file leaves it blind', () => {
    const graph = referenceGraph(mlDga, [entry('dga_7_model.json', 'model', { capture: '7' })]);
    expect(Object.keys(graph.unknownDefinitions).sort()).toEqual(['pipeline', 'script']);
    expect(graph.unknownDefinitions.script).toContain('`ngrams-create`');
    expect(graph.unknownUses.model).toContain('`pipeline-outer`');
  });

  it('says in which spaces an unreadable file leaves it blind', () => {
    const graph = referenceGraph(mlExperimentalDetections, [
      entry('a.json', 'job', { value: { name: 'j', type: 'anomaly_detection', body: {} } }),
      entry('b.toml', 'rule', { unreadable: 'toml-syntax' }),
    ]);
    expect(graph.unknownDefinitions).toEqual({
      rule: '`b.toml` cannot be read (toml-syntax)',
      'rule-id': '`b.toml` cannot be read (toml-syntax)',
    });
    expect(graph.unknownUses).toEqual({ job: '`b.toml` cannot be read (toml-syntax)' });
    expect(graph.references).toHaveLength(1);
  });
});
