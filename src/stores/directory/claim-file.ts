import { promises } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../../domain/diagnostic.ts';
import { isObject, type Value } from '../../domain/document.ts';
import { errnoOf } from '../../errors.ts';
import { storeInvalid } from './failure.ts';
import { type Holder, type Standing, standingOf } from './holder.ts';
import { claimsFolder, isRun, kindOf, type Place } from './place.ts';

/** Content of a claim: who holds a name, for which run and bundle. */
export interface Claim extends Holder {
  readonly name: string;
  readonly run: string;
  /** Digest of the bundle: a draft of another bundle is not gone on with. */
  readonly digest: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** A file `<name>.<generation>` of the claims' folder. */
export interface ClaimFile {
  readonly path: string;
  readonly name: string;
  readonly generation: number;
  readonly standing: Standing;
  /** Undefined where the file does not say it. */
  readonly claim: Claim | undefined;
}

const fileForm = /^([^.].*)\.([1-9]\d{0,8})$/;

/** Path of a claim. */
export function claimPath(place: Place, name: string, generation: number): string {
  return join(claimsFolder(place), `${name}.${generation}`);
}

/** A claim as it is written, for a person too. */
export function claimText(claim: Claim): string {
  return `${JSON.stringify(claim, null, 2)}\n`;
}

/** Every claim of a store, by name and generation; none where there is no store yet. */
export async function readClaims(place: Place): Promise<ClaimFile[]> {
  const found: ClaimFile[] = [];
  for (const file of await namesIn(claimsFolder(place))) {
    const [, name, digits] = fileForm.exec(file) ?? [];
    if (name === undefined || digits === undefined) continue;
    const path = join(claimsFolder(place), file);
    const kind = await kindOf(path);
    if (kind !== 'file' && kind !== 'absent') throw storeInvalid(path, `is a ${kind}, not a claim`);
    const text = await textOf(path);
    if (text === undefined) continue;
    const claim = parseClaim(text, name);
    const standing = claim === undefined ? 'unknown' : standingOf(claim, place.self);
    found.push({ path, name, generation: Number(digits), standing, claim });
  }
  return found.sort((a, b) => compareText(a.name, b.name) || a.generation - b.generation);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await promises.readdir(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Undefined where the claim was given back since its folder was read. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await promises.readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseClaim(text: string, name: string): Claim | undefined {
  const value = parseJson(text);
  if (!isObject(value)) return undefined;
  const { host, pid, run, digest, at } = value;
  if (typeof host !== 'string' || typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined;
  if (value.name !== name || typeof run !== 'string' || !isRun(run)) return undefined;
  if (typeof digest !== 'string' || typeof at !== 'string') return undefined;
  const { start, machine, boot, space } = value;
  return {
    name,
    run,
    digest,
    at,
    host,
    pid,
    start: word(start),
    machine: word(machine),
    boot: word(boot),
    space: word(space),
  };
}

function parseJson(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function word(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
