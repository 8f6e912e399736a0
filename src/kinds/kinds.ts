import type { Kind } from '../domain/kind.ts';
import { parseReleaseName } from '../domain/tag.ts';
import { laterFamilies } from './later-families.ts';
import { mlDga } from './ml-dga.ts';
import { mlExperimentalDetections } from './ml-experimental-detections.ts';

/** The kinds that need no configuration: one line each. */
export const builtInKinds: readonly Kind[] = [mlDga, mlExperimentalDetections, ...laterFamilies];

/**
 * The kind that a base name asks for: the one whose family the name starts with, the longest where several do,
 * so that a name with a wrong date or number still gets its kind's checks.
 */
export function kindOfName(name: string, kinds: readonly Kind[]): Kind | undefined {
  const parsed = parseReleaseName(name);
  const fits = kinds.filter(({ family }) =>
    typeof parsed === 'object' ? parsed.family === family : name === family || name.startsWith(`${family}-`),
  );
  return fits.sort((a, b) => b.family.length - a.family.length)[0];
}
