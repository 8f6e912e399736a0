import type { Bundle } from '../domain/bundle.ts';
import { digestLines } from '../domain/digest.ts';
import type { History } from '../domain/history.ts';
import { namesOfFamily, parseReleaseName, type ReleaseName } from '../domain/tag.ts';

/** A bundle's name among the published names of its family. */
export interface Standing {
  readonly own: ReleaseName;
  /** Other names of the family, from the lowest number to the highest; irregular names of the past are passed over. */
  readonly family: readonly ReleaseName[];
  /** What is published under the bundle's own name. `unknown`: it has no manifest; `removed`: it was taken away since. */
  readonly published: 'nothing' | 'the same files' | 'other files' | 'unknown' | 'removed';
}

/** Places a bundle in its family; undefined where its name is no release name. */
export function standing(bundle: Bundle, history: History): Standing | undefined {
  const own = parseReleaseName(bundle.name);
  if (typeof own !== 'object') return undefined;
  const others = history.names.filter((name) => name !== own.name);
  return { own, family: namesOfFamily(own.family, others), published: publishedAs(bundle, history) };
}

function publishedAs(bundle: Bundle, history: History): Standing['published'] {
  if (!history.names.includes(bundle.name)) return 'nothing';
  if (history.removed?.includes(bundle.name) === true) return 'removed';
  const release = history.releases.find(({ name }) => name === bundle.name);
  if (release === undefined) return 'unknown';
  return digestLines(release.entries) === digestLines(bundle.entries) ? 'the same files' : 'other files';
}
