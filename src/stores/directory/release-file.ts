import { promises } from 'node:fs';
import { join } from 'node:path';
import { member, type Value } from '../../domain/document.ts';
import type { PlannedAsset } from '../../domain/plan.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { DraftRequest } from '../store.ts';
import { readText } from './chunks.ts';
import { releaseFile } from './place.ts';

/** What a release says of itself beside its assets. */
export interface Description {
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
  readonly notes: string;
  readonly commit?: string;
  /** The run that published it; undefined where this tool did not. */
  readonly run?: string;
}

// Far above both: notes are at most 125,000 characters on GitHub, a manifest takes some 300 bytes an entry.
const maximumBytes = 16 * 1024 * 1024;

/** The text of `release.json`. */
export function describe(request: DraftRequest, publishedAt: string, assets: readonly PlannedAsset[]): string {
  const { name, notes, commit, run, digest } = request;
  return `${JSON.stringify({ version: 1, name, published_at: publishedAt, notes, commit, run, digest, assets }, null, 2)}\n`;
}

/**
 * Reads what a release says of itself: `release.json`, else (a mirrored release of the historic tool) its manifest,
 * else the time of its newest file.
 * @param files names of the files in its folder
 * @throws Failure `release-corrupt` where `release.json` is not one of ours
 */
export async function readDescription(folder: string, name: string, files: readonly string[]): Promise<Description> {
  if (files.includes(releaseFile)) {
    const path = join(folder, releaseFile);
    const own = ownDescription(await readJson(path), name);
    if (own !== undefined) return own;
    throw new Failure('release-corrupt', `\`${safe(path, 1000)}\` does not describe \`${safe(name)}\`.`);
  }
  const manifest = `manifest-${name}.json`;
  const value = files.includes(manifest) ? await readJson(join(folder, manifest)) : undefined;
  const notes = textAt(value, 'description') ?? '';
  return { publishedAt: moment(textAt(value, 'published_at')) ?? (await newestTime(folder, files)), notes };
}

function ownDescription(value: Value | undefined, name: string): Description | undefined {
  const publishedAt = moment(textAt(value, 'published_at'));
  const [notes, commit, run] = [textAt(value, 'notes'), textAt(value, 'commit'), textAt(value, 'run')];
  if (member(value, 'version') !== 1 || member(value, 'name') !== name) return undefined;
  if (publishedAt === undefined || notes === undefined || run === undefined) return undefined;
  return { publishedAt, notes, run, ...(commit === undefined ? {} : { commit }) };
}

async function newestTime(folder: string, files: readonly string[]): Promise<string> {
  let newest = files.length === 0 ? (await promises.stat(folder)).mtimeMs : 0;
  for (const file of files) newest = Math.max(newest, (await promises.stat(join(folder, file))).mtimeMs);
  return new Date(newest).toISOString();
}

async function readJson(path: string): Promise<Value | undefined> {
  try {
    return JSON.parse((await readText(path, maximumBytes)) ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function textAt(value: Value | undefined, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === 'string' ? found : undefined;
}

function moment(text: string | undefined): string | undefined {
  const time = new Date(text ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
