import { randomInt } from 'node:crypto';
import { promises } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { createExclusively } from '../durable.ts';
import type { DraftRequest } from '../store.ts';
import { type Claim, type ClaimFile, claimPath, claimText, readClaims } from './claim-file.ts';
import { claimsName, makeInside, type Place } from './place.ts';
import { isPublished } from './published.ts';
import { claimedNumber, claimHeld, isOwn, numberLost, otherHolder, requireUnpublished, stands } from './rivals.ts';

/** A name that this process holds. */
export interface HeldClaim {
  readonly name: string;
  readonly path: string;
  readonly run: string;
  /** Runs, newest first, whose drafts of this name hold files of this very bundle: this run's, or those of the dead. */
  readonly resumes: readonly string[];
}

// Withdrawals cross only while claims change under one's eyes: no honest race comes near this.
const tries = 200;

/**
 * Claims a name and its number in the family, or finds this run's own claim.
 *
 * A claim is a file `<name>.<generation>` made exclusively. Whoever made one reads the folder again: another claim on
 * the name or the number that stands (is not known to be dead) makes it withdraw and look anew. Of two that stand
 * the later one saw the earlier one, so two never both hold. A dead claim stays where it is until the name is given
 * back, and the taker's is of the next generation: of several takers one succeeds.
 * @throws Failure `claim-held`, `number-lost`, `release-exists`, `store-invalid`
 */
export async function takeClaim(place: Place, request: DraftRequest): Promise<HeldClaim> {
  const { name, run, digest } = request;
  await makeInside(place, claimsName);
  for (let attempt = 0; attempt < tries; attempt++) {
    const claims = await readClaims(place);
    const other = otherHolder(claims, name, run);
    if (other !== undefined) throw claimHeld(other);
    const rival = claimedNumber(claims, name);
    if (rival !== undefined) throw numberLost(name, rival, 'claimed');
    await requireUnpublished(place, name);

    const earlier = claims.filter((file) => file.name === name);
    const resumes = runsOf(earlier, digest);
    const own = earlier.find(stands);
    if (own !== undefined && resumes.length > 0) return { name, path: own.path, run, resumes };

    const path = claimPath(place, name, (earlier.at(-1)?.generation ?? 0) + 1);
    const claim: Claim = { name, run, digest, at: place.now().toISOString(), ...place.self };
    if (!(await createExclusively(path, claimText(claim)))) continue;
    if (await settles(place, name, path, run)) {
      place.observe('claim', path);
      return { name, path, run, resumes };
    }
    await setTimeout(randomInt(1, 20));
  }
  throw new Failure('claim-held', `\`${safe(name)}\` is wanted by other runs at this moment.`);
}

/** Whether the claim is still this run's: a person may have deleted it. */
export async function isHeld(place: Place, held: HeldClaim): Promise<boolean> {
  return (await readClaims(place)).some((file) => file.name === held.name && isOwn(file, held.run));
}

/** @throws Failure `claim-held`, `precondition-failed` where the claim was doubled or deleted since it was taken */
export async function requireHeld(place: Place, held: HeldClaim): Promise<void> {
  const other = otherHolder(await readClaims(place), held.name, held.run);
  if (other !== undefined) throw claimHeld(other);
  if (await isHeld(place, held)) return;
  throw new Failure('precondition-failed', `\`${safe(held.path, 1000)}\` was deleted while this run held it.`);
}

/** Gives a name back, lowest generation first: at no moment a dead claim is all that is left of a living one. */
export async function giveBack(place: Place, held: HeldClaim): Promise<void> {
  for (const file of await readClaims(place)) {
    if (file.name === held.name && (!stands(file) || isOwn(file, held.run)))
      await promises.rm(file.path, { force: true });
  }
}

/** Takes one claim back and leaves the dead ones below it, so that a next try goes on with their draft. */
export async function withdraw(path: string): Promise<void> {
  await promises.rm(path, { force: true });
}

/** The names of claims that stand and were not published. */
export async function claimedNames(place: Place): Promise<string[]> {
  return unpublished(place, (await readClaims(place)).filter(stands));
}

/** The names that a run claimed and did not publish, dead or alive. */
export async function namesLeftBy(place: Place, run: string): Promise<string[]> {
  return unpublished(
    place,
    (await readClaims(place)).filter(({ claim }) => claim?.run === run),
  );
}

async function unpublished(place: Place, claims: readonly ClaimFile[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of new Set(claims.map((file) => file.name))) if (!(await isPublished(place, name))) found.push(name);
  return found;
}

/** Looks again after a claim was made, and withdraws it unless it may stay. */
async function settles(place: Place, name: string, path: string, run: string): Promise<boolean> {
  let stays = false;
  try {
    const others = (await readClaims(place)).filter((file) => file.path !== path);
    // Claims first, then releases: what turns from the one into the other meanwhile is seen in either.
    await requireUnpublished(place, name);
    stays = otherHolder(others, name, run) === undefined && claimedNumber(others, name) === undefined;
    return stays;
  } finally {
    if (!stays) await withdraw(path);
  }
}

/** The runs of claims, newest first, if all of them are for this bundle; else none of their drafts is to be trusted. */
function runsOf(claims: readonly ClaimFile[], digest: string): string[] {
  const runs = claims.map((file) => (file.claim?.digest === digest ? file.claim.run : undefined)).reverse();
  return runs.every((run) => run !== undefined) ? runs : [];
}
