import { member, type Value } from '../../domain/document.ts';
import type { Health } from '../../domain/health.ts';
import { safe } from '../../domain/safe.ts';

/** Health by id, of objects that are asked for one by one; without those that are gone meanwhile. */
export async function eachHealth(
  ids: readonly string[],
  healthOf: (id: string) => Promise<Health | undefined>,
): Promise<ReadonlyMap<string, Health>> {
  const seen = await Promise.all(
    ids.map(async (id): Promise<[string, Health | undefined]> => [id, await healthOf(id)]),
  );
  return new Map(seen.flatMap(([id, health]) => (health === undefined ? [] : [[id, health]])));
}

/** A count of an answer; 0 where it has none. */
export function countOf(value: Value | undefined, ...path: readonly string[]): number {
  const found = path.reduce<Value | undefined>((inner, name) => member(inner, name), value);
  return typeof found === 'number' && Number.isSafeInteger(found) && found > 0 ? found : 0;
}

/** Words of an answer, fit to be printed; undefined where it has none. */
export function wordsOf(value: Value | undefined, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' && found.trim() !== '' ? safe(found.trim(), 300).replace(/\.$/, '') : undefined;
}

/** A moment that an answer gives in milliseconds, ISO 8601. */
export function momentOf(value: Value | undefined, name: string): string | undefined {
  const moment = new Date(countOf(value, name));
  return Number.isNaN(moment.getTime()) || moment.getTime() === 0 ? undefined : moment.toISOString();
}

/** Without the figures that an answer does not have. */
export function figuresOf(figures: Readonly<Record<string, number | string | undefined>>): Health['figures'] {
  const known = Object.entries(figures).filter((entry): entry is [string, number | string] => entry[1] !== undefined);
  return Object.fromEntries(known);
}
