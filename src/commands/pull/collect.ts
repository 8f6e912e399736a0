import type { Value } from '../../domain/document.ts';
import { keyText, type ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { Catalogue } from '../../resources/elasticsearch/catalogue.ts';

/** An object that goes into the bundle, as its author would have written it. */
export interface Found {
  readonly key: ObjectKey;
  readonly body: Value;
}

/** What a bundle is collected with. */
export interface Collecting {
  readonly catalogue: Catalogue;
  /** Whether the kind has a place for an object. */
  fits(key: ObjectKey): boolean;
  /** What an object uses and the kind could hold. */
  usesOf(found: Found): readonly ObjectKey[];
}

/**
 * The objects that were chosen with all that they need: a model brings the pipelines through which documents reach it, a
 * job its datafeeds, and everything what it uses.
 * @returns in the order of their finding; and those above a model that the kind has no place for
 * @throws Failure `pull-refused` where something that is used is not there; the client's
 */
export async function collect(chosen: readonly ObjectKey[], { catalogue, fits, usesOf }: Collecting) {
  const wanted = new Map(chosen.map((key) => [keyText(key), key]));
  const left = new Map<string, ObjectKey>();
  const above = chosen.filter(({ type }) => type === 'model' || type === 'job');
  for (let key = above.pop(); key !== undefined; key = above.pop()) {
    for (const user of await catalogue.users(key)) {
      if (wanted.has(keyText(user))) continue;
      (fits(user) ? wanted : left).set(keyText(user), user);
      if (fits(user)) above.push(user);
    }
  }
  const found = new Map<string, Found>();
  const pending = [...wanted.values()].map((key): { key: ObjectKey; by?: ObjectKey } => ({ key }));
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { key, by } = next;
    if (found.has(keyText(key))) continue;
    const body = await catalogue.read(key);
    if (body === undefined) throw missing(key, by);
    found.set(keyText(key), { key, body });
    pending.push(...usesOf({ key, body }).map((used) => ({ key: used, by: key })));
  }
  return { found: [...found.values()], left: [...left.values()] };
}

function missing(key: ObjectKey, by: ObjectKey | undefined): Failure {
  const what = `\`${safe(keyText(key))}\``;
  const why = by === undefined ? `There is no ${what}` : `\`${safe(keyText(by))}\` uses ${what}, which is not there`;
  return new Failure('pull-refused', `${why}.`, {
    help: 'Nothing was written. Name what is on the target, or mend what uses it there.',
  });
}
