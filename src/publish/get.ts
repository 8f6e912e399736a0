import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { safe } from '../domain/safe.ts';
import { errnoOf, Failure } from '../errors.ts';
import { makeFolder } from '../stores/durable.ts';
import { fileFailure } from '../stores/file-failure.ts';
import type { ReleaseStore } from '../stores/store.ts';
import { type ReadBack, readBack } from './read-back.ts';
import { unpackZip } from './unpack.ts';
import { requireVerified, type Verification, type VerifyOptions, verifyReadBack } from './verify.ts';

/** A release that was proven and unpacked. */
export interface Fetched {
  readonly verification: Verification;
  /** The new folder with its files. */
  readonly path: string;
}

/**
 * Downloads a release, proves it, and unpacks it into a new folder `<into>/<name>`: the same bytes are proven and
 * unpacked, aside, and the folder appears at once. Nothing is overwritten.
 * @throws Failure `release-not-found`, `release-corrupt`, `write-failed` (the folder exists), `disk-full`, the store's
 */
export async function getRelease(
  store: ReleaseStore,
  name: string,
  into: string,
  options: VerifyOptions,
): Promise<Fetched> {
  const path = join(into, name);
  // A store answers no name that leads elsewhere; a folder of ours must not depend on that.
  if (basename(path) !== name) throw new Failure('usage', `\`${safe(name)}\` is no release name.`);
  await requireAbsent(path);
  const release = await readBack(store, name, options);
  try {
    const verification = await verifyReadBack(name, release, options);
    requireVerified(verification, 'release-corrupt');
    await unpackAside(name, release, into, path, options);
    return { verification, path };
  } catch (error) {
    throw fileFailure(error, 'write', path);
  } finally {
    await release.dispose();
  }
}

async function requireAbsent(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw fileFailure(error, 'write', path);
  }
  throw new Failure('write-failed', `\`${safe(path, 1000)}\` exists already.`, {
    help: 'Nothing is overwritten: name another folder with --out, or move this one away.',
  });
}

async function unpackAside(
  name: string,
  { kept }: ReadBack,
  into: string,
  path: string,
  { limits }: VerifyOptions,
): Promise<void> {
  await makeFolder(into);
  const aside = join(into, `.${name.slice(0, 100)}.${randomUUID()}`);
  await mkdir(aside, { mode: 0o700 });
  try {
    for (const [asset, { source }] of kept) {
      if (!/\.zip$/i.test(asset)) continue;
      const { findings } = await unpackZip(source, limits, aside, () => true);
      const finding = findings.find(({ severity }) => severity !== 'note');
      if (finding !== undefined) throw new Failure('release-corrupt', `\`${safe(asset)}\`: ${finding.message}`);
    }
    const unpacked = join(aside, name);
    await chmod(unpacked, 0o755);
    await requireAbsent(path);
    await rename(unpacked, path);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
