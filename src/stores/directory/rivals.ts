import { safe } from '../../domain/safe.ts';
import { namesOfFamily, parseReleaseName } from '../../domain/tag.ts';
import { Failure } from '../../errors.ts';
import type { ClaimFile } from './claim-file.ts';
import type { Place } from './place.ts';
import { isPublished, releaseExists, releaseNames } from './published.ts';

/** Whether a claim keeps others out: all do but those of processes known to be dead. */
export function stands(file: ClaimFile): boolean {
  return file.standing !== 'dead';
}

/** Whether a claim is this process's, for this run. */
export function isOwn(file: ClaimFile, run: string): boolean {
  return file.standing === 'self' && file.claim?.run === run;
}

/** The first claim of another that keeps a run from this name. */
export function otherHolder(claims: readonly ClaimFile[], name: string, run: string): ClaimFile | undefined {
  return claims.find((file) => file.name === name && stands(file) && !isOwn(file, run));
}

/** The claimed name that has this one's family and number with another date. */
export function claimedNumber(claims: readonly ClaimFile[], name: string): string | undefined {
  const names = claims.filter(stands).map((file) => file.name);
  return sameNumber(names, name);
}

/** @throws Failure `release-exists`, `number-lost` where a release has the name or the number; `store-invalid` */
export async function requireUnpublished(place: Place, name: string): Promise<void> {
  if (await isPublished(place, name)) throw releaseExists(place, name);
  const taken = sameNumber(await releaseNames(place), name);
  if (taken !== undefined) throw numberLost(name, taken, 'published');
}

/** The number is another's. */
export function numberLost(name: string, taken: string, how: 'claimed' | 'published'): Failure {
  return new Failure('number-lost', `The number of \`${safe(name)}\` is taken: \`${safe(taken)}\` is ${how}.`);
}

/** The name is another's, as far as can be seen: says whose, since when, and which file stands for it. */
export function claimHeld(file: ClaimFile): Failure {
  const { claim } = file;
  const who =
    claim === undefined
      ? 'a run that its claim does not name'
      : `process ${claim.pid} on host \`${safe(claim.host)}\`, run \`${safe(claim.run)}\`, since ${safe(claim.at)}`;
  const sign = file.standing === 'unknown' ? 'Whether it still runs cannot be seen from here.' : 'It is still running.';
  const path = safe(file.path, 1000);
  return new Failure('claim-held', `\`${safe(file.name)}\` is being published by ${who}. ${sign}`, {
    help: `Wait until it ends, and run the command again. Only if it is certain that it is dead: delete \`${path}\` first.`,
  });
}

function sameNumber(names: readonly string[], name: string): string | undefined {
  const own = parseReleaseName(name);
  if (typeof own === 'string') return undefined;
  return namesOfFamily(own.family, names).find((other) => other.number === own.number && other.name !== name)?.name;
}
