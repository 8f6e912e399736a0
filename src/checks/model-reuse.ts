import type { Bundle, Entry } from '../domain/bundle.ts';
import type { History, KnownEntry } from '../domain/history.ts';
import { roleOf } from './files-of.ts';

/** A model file of the bundle, and a file of an earlier release that has its name, its hash or both. */
export interface Reuse {
  readonly entry: Entry;
  readonly release: string;
  readonly earlier: KnownEntry;
  readonly sameName: boolean;
  /** The hash they share: of the bytes, or of the historic canonical text. */
  readonly shared?: { readonly sha256: string; readonly of: 'bytes' | 'canonical text' };
}

/**
 * Compares the model files with every file of every other release, as the historic tool did. Its releases hold
 * re-saved files, so beside the bytes' hash that of the historic canonical text counts (elastic.md §2.2).
 */
export function modelReuses(bundle: Bundle, history: History): Reuse[] {
  const releases = history.releases.filter(({ name, entries }) => name !== bundle.name && entries.length > 0);
  if (releases.length === 0) return [];
  return bundle.entries.filter(isModel(bundle)).flatMap((entry) => {
    const canonical = entry.canonicalSha256?.();
    return releases.flatMap(({ name, entries }) =>
      entries.flatMap((earlier) => {
        const sameName = baseName(earlier.path) === baseName(entry.path);
        const shared = sharedHash(entry, canonical, earlier);
        if (!sameName && shared === undefined) return [];
        return [{ entry, release: name, earlier, sameName, ...(shared === undefined ? {} : { shared }) }];
      }),
    );
  });
}

function isModel({ kind }: Bundle): (entry: Entry) => boolean {
  return (entry) => {
    const role = roleOf(kind, entry);
    return role?.format === 'elastic-model' || role?.defines?.some(({ space }) => space === 'model') === true;
  };
}

function sharedHash(entry: Entry, canonical: string | undefined, earlier: KnownEntry): Reuse['shared'] {
  if (earlier.sha256 === entry.sha256) return { sha256: entry.sha256, of: 'bytes' };
  if (canonical === undefined || (earlier.sha256 !== canonical && earlier.canonicalSha256 !== canonical))
    return undefined;
  return { sha256: canonical, of: 'canonical text' };
}

/** Manifests of the historic tool hold base names only (elastic.md §3.2). */
function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
