import type { KnownRelease } from '../domain/history.ts';
import type { PlannedAsset } from '../domain/plan.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { ReleaseStore } from '../stores/store.ts';
import { checksumsName, indexName, manifestName } from './asset.ts';
import { readChecksums } from './checksums.ts';
import { type ReadBack, type ReadBackOptions, readBack } from './read-back.ts';
import { knownFromManifest, type Manifest, readManifest } from './read-manifest.ts';
import { indexLine, readIndex } from './release-index.ts';
import { zipProblems } from './verify-zip.ts';

/** What a release is compared with, besides itself. */
export interface VerifyOptions extends ReadBackOptions {
  /** What the newest index says of it (`readKnown`): whether the release was exchanged as a whole. */
  readonly known?: KnownRelease;
  /** Why the newest index says nothing of it. */
  readonly doubt?: string;
}

/** What reading a release back has shown. */
export interface Verification {
  readonly name: string;
  readonly url: string;
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
  readonly commit?: string;
  readonly kind?: string;
  /** As read, sorted by name. */
  readonly assets: readonly PlannedAsset[];
  readonly models: readonly { readonly id: string; readonly sha256: string }[];
  /** What is not as it was published; none: everything is. */
  readonly problems: readonly string[];
  /** What cannot be proven: the historic tool wrote no proof of it, or the newest index is not to be trusted. */
  readonly unproven: readonly string[];
}

/**
 * Reads a release back and compares all that it says of itself: SHA256SUMS with every asset, manifest with zip and
 * entries (by the strict reader), its index with its manifest.
 * @throws Failure `release-not-found`, `release-corrupt` (see `readBack`), the store's
 */
export async function verifyRelease(store: ReleaseStore, name: string, options: VerifyOptions): Promise<Verification> {
  const release = await readBack(store, name, options);
  try {
    return await verifyReadBack(name, release, options);
  } finally {
    await release.dispose();
  }
}

/** @throws Failure of the code given, unless the release is as it was published; the message names the first problems */
export function requireVerified(
  { name, problems }: Pick<Verification, 'name' | 'problems'>,
  code: 'release-corrupt' | 'verify-failed' | 'precondition-failed',
): void {
  if (problems.length === 0) return;
  const more = problems.length > 3 ? ` And ${problems.length - 3} more.` : '';
  throw new Failure(code, `\`${safe(name)}\`: ${problems.slice(0, 3).join(' ')}${more}`);
}

/** See `verifyRelease`; the caller disposes of what was read. */
export async function verifyReadBack(name: string, release: ReadBack, options: VerifyOptions): Promise<Verification> {
  const problems: string[] = [];
  const unproven: string[] = [];
  const manifest = await manifestOf(name, release, problems);
  const ours = manifest?.definitions !== undefined;
  const missing = (what: string): void => void (ours ? problems : unproven).push(what);
  await compareChecksums(release, problems, missing);
  if (manifest !== undefined) {
    const known = knownFromManifest(manifest, release.assets.get(manifestName(name))?.sha256 ?? '');
    await compareIndex(known, release, problems, missing);
    if (options.known !== undefined && indexLine(options.known) !== indexLine(known)) {
      problems.push('Its manifest is not the one that the newest index lists.');
    }
    problems.push(...(await zipProblems(manifest, release, options.limits, missing)));
    problems.push(...commitProblems(manifest, release));
  }
  if (options.doubt !== undefined) unproven.push(`That it is the release of then: ${options.doubt}`);
  const { url, publishedAt, commit } = release.details;
  return {
    name,
    url,
    publishedAt,
    ...(commit === undefined ? {} : { commit }),
    ...(manifest?.kind === undefined ? {} : { kind: manifest.kind }),
    assets: [...release.assets.values()],
    models: manifest?.modelFiles ?? [],
    problems,
    unproven,
  };
}

async function manifestOf(name: string, { kept }: ReadBack, problems: string[]): Promise<Manifest | undefined> {
  const bytes = await bytesOf(kept, manifestName(name));
  if (bytes === undefined) {
    problems.push('It has no manifest: nothing of it can be compared.');
    return undefined;
  }
  const { manifest, reasons } = readManifest(bytes, name);
  problems.push(...reasons.map((reason) => `Its manifest: ${reason}.`));
  return manifest;
}

async function compareChecksums(
  { assets, kept }: ReadBack,
  problems: string[],
  missing: (what: string) => void,
): Promise<void> {
  const bytes = await bytesOf(kept, checksumsName);
  const sums = bytes === undefined ? undefined : readChecksums(bytes);
  if (sums === undefined) {
    missing(`It has no ${checksumsName}.`);
    return;
  }
  if ('reason' in sums) {
    problems.push(`${checksumsName}: ${sums.reason}.`);
    return;
  }
  for (const [asset, sha256] of sums) {
    const actual = assets.get(asset)?.sha256;
    if (actual === undefined) problems.push(`\`${safe(asset)}\` is in ${checksumsName} and not in the release.`);
    else if (actual !== sha256)
      problems.push(`\`${safe(asset)}\` has sha256 ${actual}; ${checksumsName} says ${sha256}.`);
  }
  for (const asset of assets.keys()) {
    if (asset !== checksumsName && !sums.has(asset)) problems.push(`\`${safe(asset)}\` is not in ${checksumsName}.`);
  }
}

async function compareIndex(
  own: KnownRelease,
  { kept }: ReadBack,
  problems: string[],
  missing: (what: string) => void,
): Promise<void> {
  const bytes = await bytesOf(kept, indexName);
  const index = bytes === undefined ? undefined : readIndex(bytes);
  if (index === undefined) {
    missing(`It has no ${indexName}.`);
    return;
  }
  if ('reason' in index) {
    problems.push(`${indexName} cannot be read: ${index.reason}.`);
    return;
  }
  const listed = index.releases.find(({ name }) => name === own.name);
  if (listed === undefined) problems.push(`${indexName} does not list the release itself.`);
  else if (indexLine(listed) !== indexLine(own))
    problems.push(`${indexName} says of the release what its manifest does not.`);
}

/** A tag that was moved since leads whoever checks it out to another source. */
function commitProblems({ commit: made }: Manifest, { details: { commit: found } }: ReadBack): string[] {
  if (made === undefined || found === undefined || made === found) return [];
  return [`Its tag stands on commit ${safe(found)}; its manifest says that it was made from ${safe(made)}.`];
}

async function bytesOf(kept: ReadBack['kept'], name: string): Promise<Buffer | undefined> {
  const asset = kept.get(name);
  return asset?.source.read(0, asset.size);
}
