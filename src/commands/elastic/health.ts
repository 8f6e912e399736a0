import { typeOf } from '../../deploy/target-state.ts';
import type { Health, Tolerance } from '../../domain/health.ts';
import { keyText, type ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure, type FailureCode } from '../../errors.ts';
import type { ResourceTypes } from '../../resources/resource.ts';
import type { Session } from '../../session.ts';

/** What keeps the health of a type from being seen, while other types may show theirs. */
const partial: readonly FailureCode[] = ['target-forbidden', 'target-refused', 'target-failed', 'target-timeout'];

/**
 * The health of objects that stand on a target, by `keyText`; without those of types that do no work themselves.
 * @throws Failure the client's, where the target as a whole is out of reach
 */
export async function readHealth(
  types: ResourceTypes,
  keys: readonly ObjectKey[],
  tolerance: Tolerance,
): Promise<ReadonlyMap<string, Health>> {
  const seen = new Map<string, Health>();
  for (const type of new Set(keys.map((key) => key.type))) {
    const own = keys.filter((key) => key.type === type);
    const [first] = own;
    const resource = first === undefined ? undefined : typeOf(types, first);
    if (resource?.health === undefined) continue;
    try {
      const health = await resource.health([...new Set(own.map(({ id }) => id))], tolerance);
      for (const [id, each] of health) seen.set(keyText({ type, id }), each);
    } catch (error) {
      if (!(error instanceof Failure) || !partial.includes(error.code)) throw error;
      const text = safe(error.message, 1000).replace(/\.$/, '');
      for (const key of own) seen.set(keyText(key), { state: 'unknown', text, figures: {} });
    }
  }
  return seen;
}

/** Which failures are borne with. @throws Failure `usage` */
export function toleranceOf({ inputs }: Session): Tolerance {
  const text = inputs['tolerate-failures'] ?? '0';
  const percent = /^\d{1,3}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (percent >= 0 && percent <= 100) return { failures: percent / 100 };
  throw new Failure('usage', `\`--tolerate-failures ${safe(text)}\` is no number of percent from 0 to 100.`);
}

/** `1 ill, 2 quiet, 5 healthy`, worst first. */
export function healthTally(health: readonly Health[]): string {
  const states = ['ill', 'unknown', 'quiet', 'healthy'] as const;
  const counts = states.map((state) => [health.filter((each) => each.state === state).length, state] as const);
  return counts.flatMap(([count, state]) => (count > 0 ? [`${count} ${state}`] : [])).join(', ');
}
