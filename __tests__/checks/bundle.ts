import type { Bundle, Entry } from '../../src/domain/bundle.ts';
import { emptyHistory, type History, type KnownRelease } from '../../src/domain/history.ts';
import { referenceGraph } from '../../src/formats/bundle/graph.ts';
import { mlDga } from '../../src/kinds/ml-dga.ts';

/** A model file as a reader gives it, with what a test wants to be different. */
export function modelEntry(changes: Partial<Entry> = {}): Entry {
  const sha256 = 'a'.repeat(64);
  return { path: 'dga_7_1.0_model.json', size: 9, sha256, role: 'model', capture: '7_1.0', ...changes };
}

/** A DGA bundle of these files. */
export function bundleOf(name: string, entries: readonly Entry[], changes: Partial<Bundle> = {}): Bundle {
  const graph = referenceGraph(mlDga, entries);
  const sha256 = '0'.repeat(64);
  return { name, path: name, source: 'folder', kind: mlDga, sha256, entries, dev: [], graph, findings: [], ...changes };
}

/** A history of these names, with manifests of these releases only. */
export function historyOf(names: readonly string[], releases: readonly Partial<KnownRelease>[] = []): History {
  const whole = releases.map((release, index) => ({
    name: names[index] ?? '',
    manifestSha256: 'f'.repeat(64),
    models: [],
    entries: [],
    ...release,
  }));
  return { ...emptyHistory('dir:releases'), names, releases: whole };
}
