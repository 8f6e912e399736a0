import type { Bundle, Entry } from '../domain/bundle.ts';
import { compareText } from '../domain/diagnostic.ts';
import type { KnownRelease } from '../domain/history.ts';
import type { FormatId } from '../domain/kind.ts';
import type { Space } from '../domain/reference.ts';

/** The format in which an entry is read. */
export function formatOf(bundle: Bundle, entry: Entry): FormatId | undefined {
  return bundle.kind?.roles.find(({ id }) => id === entry.role)?.format;
}

/** The ids that a bundle defines, by space: each once, sorted. */
export function definitionsOf(bundle: Bundle): Partial<Record<Space, string[]>> {
  const found: Partial<Record<Space, string[]>> = {};
  for (const { space, id, role } of bundle.graph.references) {
    if (role !== 'defines') continue;
    const ids = found[space] ?? [];
    found[space] = ids;
    if (!ids.includes(id)) ids.push(id);
  }
  for (const ids of Object.values(found)) ids.sort(compareText);
  return found;
}

/** A model of a bundle: its id, and the file that holds it. */
export interface HeldModel {
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
}

/** The models of a bundle, sorted by id. Their aliases (definitions that others may use) are not models. */
export function modelsOf(bundle: Bundle): HeldModel[] {
  const found: HeldModel[] = [];
  for (const { space, id, role, at, entryPoint } of bundle.graph.references) {
    const entry = bundle.entries.find(({ path }) => path === at.file);
    if (space !== 'model' || role !== 'defines' || entryPoint === true || entry === undefined) continue;
    found.push({ id, file: entry.path, sha256: entry.sha256 });
  }
  return found.sort((a, b) => compareText(a.id, b.id));
}

/** What later releases are told of a bundle that is published under a name. */
export function knownRelease(bundle: Bundle, name: string, manifestSha256: string): KnownRelease {
  const entries = bundle.entries.map(({ path, sha256, canonicalSha256 }) => ({
    path,
    sha256,
    ...(canonicalSha256 === undefined ? {} : { canonicalSha256: canonicalSha256() }),
  }));
  return {
    name,
    manifestSha256,
    models: [...new Set(modelsOf(bundle).map(({ id }) => id))],
    entries: entries.sort((a, b) => compareText(a.path, b.path)),
  };
}
