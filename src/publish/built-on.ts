import type { Bundle } from '../domain/bundle.ts';
import { isArray, isObject, type Value } from '../domain/document.ts';
import type { History } from '../domain/history.ts';
import { safe } from '../domain/safe.ts';
import { parseReleaseName } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import { formatOf, modelsOf } from './content.ts';

/**
 * The release with the model that a bundle of detections rests on: the one that the user states; else the only one
 * of another family that its rules and jobs name in their texts; else the only one that holds a model that they name.
 * The fields that a model writes do not tell which model wrote them, so they are no sign.
 * @returns undefined where it cannot be known
 * @throws Failure `release-not-found` where the stated release is not in the store
 */
export function builtOn(bundle: Bundle, history: History, stated?: string): string | undefined {
  if (stated !== undefined) {
    if (history.names.includes(stated)) return stated;
    throw new Failure('release-not-found', `\`${safe(stated)}\` is not in ${safe(history.store)}.`, {
      help: '`--built-on` names a release of the same store; `mldr list` shows them.',
    });
  }
  if (modelsOf(bundle).length > 0) return undefined;
  const candidates = history.releases.filter(
    ({ name, models }) => models.length > 0 && familyOf(name) !== familyOf(bundle.name),
  );
  const words = wordsOf(bundle);
  const named = candidates.filter(({ name }) => words.has(name));
  const holding = candidates.filter(({ models }) => models.some((model) => words.has(model)));
  const [first, ...more] = named.length > 0 ? named : holding;
  return more.length === 0 ? first?.name : undefined;
}

function familyOf(name: string): string {
  const parsed = parseReleaseName(name);
  return typeof parsed === 'object' ? parsed.family : name;
}

/** Every word in the texts of the bundle's detection rules and jobs, as ids and release names are written. */
function wordsOf(bundle: Bundle): Set<string> {
  const words = new Set<string>();
  for (const entry of bundle.entries) {
    const format = formatOf(bundle, entry);
    if (entry.document === undefined || (format !== 'elastic-rule' && format !== 'elastic-job')) continue;
    for (const text of texts(entry.document.value)) {
      // A sentence may end behind a name.
      for (const word of text.split(/[^A-Za-z0-9._-]+/)) words.add(word.replace(/[._-]{1,9}$/, ''));
    }
  }
  return words;
}

function* texts(value: Value): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (isArray(value)) for (const item of value) yield* texts(item);
  else if (isObject(value)) for (const inner of Object.values(value)) yield* texts(inner);
}
