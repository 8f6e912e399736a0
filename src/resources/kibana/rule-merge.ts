import { member, type ObjectValue, type Value } from '../../domain/document.ts';
import { mergeValue } from '../../domain/three-way.ts';
import { isBare, isFixed, keysOf, lists, normal, peoples, saysSame } from './rule-shape.ts';

/** A rule of a release and the one that stands there, brought together. */
export interface RuleMerge {
  /** What is to stand there; in a conflict, what the release says. */
  readonly body: ObjectValue;
  /** Members that people changed and the release did not: as they have them. */
  readonly kept: readonly string[];
  /** Members that are people's alone, and that the release changes all the same: as they have them. */
  readonly ignored: readonly string[];
  /** Members that both changed, each to something else. */
  readonly conflicts: readonly string[];
}

/**
 * Merges member by member: what the release changed since the last one is taken, and what people changed is kept.
 * @param base what the last release of the line said; undefined where none did, so that nothing is known of who wrote
 * what stands there
 */
export function mergeRule(release: ObjectValue, standing: Value, base: Value | undefined): RuleMerge {
  const body = new Map<string, Value>();
  const [kept, ignored, conflicts]: [string[], string[], string[]] = [[], [], []];
  const put = (key: string, value: Value | undefined): void => {
    if (value !== undefined) body.set(key, value);
  };
  for (const key of new Set([...keysOf(release), ...keysOf(standing)])) {
    const [ours, theirs, before] = [member(release, key), member(standing, key), member(base, key)];
    if (isFixed(key)) put(key, ours ?? theirs);
    else if (peoples.includes(key)) {
      put(key, theirs ?? ours);
      const changes = key !== 'enabled' && base !== undefined && !saysSame(key, before, ours);
      if (changes && !saysSame(key, ours, theirs)) ignored.push(key);
    } else {
      const [was, mine, yours] = [normal(key, before), normal(key, ours), normal(key, theirs)];
      const { value, outcome } = mergeValue(was, mine, yours, lists.includes(key));
      // Values are put back as they were written, not in their normal form.
      put(
        key,
        outcome === 'both' ? value : outcome === 'theirs' ? theirs : outcome === 'same' ? (ours ?? theirs) : ours,
      );
      // What a server fills in by itself, and no release ever had, is nobody's change.
      const said = was !== undefined || mine !== undefined || isBare(key);
      if ((outcome === 'theirs' && said) || outcome === 'both') kept.push(key);
      if (outcome === 'conflict') conflicts.push(key);
    }
  }
  return { body: Object.fromEntries(body), kept, ignored, conflicts };
}
