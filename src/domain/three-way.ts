import { canonicalJson } from './canonical-json.ts';
import { isArray, type Value } from './document.ts';

/** What became of one member when two changed it. Undefined stands for a member that is not there. */
export interface MergedValue {
  readonly value: Value | undefined;
  /**
   * `same`: both have it so; `ours` and `theirs`: only that one changed it; `both`: each added to a list or took
   * from it; `conflict`: each made something else of it, and the value is ours.
   */
  readonly outcome: 'same' | 'ours' | 'theirs' | 'both' | 'conflict';
}

/**
 * Merges a member that two had from one.
 * @param base what both had
 * @param ours what we make of it
 * @param theirs what they made of it
 * @param list whether its order says nothing, so that what each adds and takes away can be told
 */
export function mergeValue(
  base: Value | undefined,
  ours: Value | undefined,
  theirs: Value | undefined,
  list: boolean,
): MergedValue {
  if (same(ours, theirs)) return { value: ours, outcome: 'same' };
  if (same(base, theirs)) return { value: ours, outcome: 'ours' };
  if (same(base, ours)) return { value: theirs, outcome: 'theirs' };
  const [before, mine, yours] = [itemsOf(base), itemsOf(ours), itemsOf(theirs)];
  if (!list || before === undefined || mine === undefined || yours === undefined) {
    return { value: ours, outcome: 'conflict' };
  }
  const stays = yours.filter((item) => mine.includes(item) || !before.includes(item));
  const added = mine.filter((item) => !before.includes(item) && !yours.includes(item));
  const items = [...stays, ...added];
  return { value: items.length === 0 ? undefined : items, outcome: 'both' };
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

/** Texts of a list; none where there is no list; undefined for anything else. */
function itemsOf(value: Value | undefined): string[] | undefined {
  if (value === undefined) return [];
  if (!isArray(value)) return undefined;
  const texts = value.filter((item) => typeof item === 'string');
  return texts.length === value.length ? texts : undefined;
}
