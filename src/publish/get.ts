import { basename, join } from 'node:path';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import { fileFailure } from '../stores/file-failure.ts';
import type { ReleaseStore } from '../stores/store.ts';
import { fillNewFolder, requireAbsent } from './new-folder.ts';
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
    await fillNewFolder(path, (aside) => unpacked(name, release, aside, options));
    return { verification, path };
  } catch (error) {
    throw fileFailure(error, 'write', path);
  } finally {
    await release.dispose();
  }
}

/** Unpacks the zip of a release, whose one folder has its name. */
async function unpacked(name: string, { kept }: ReadBack, aside: string, { limits }: VerifyOptions): Promise<string> {
  for (const [asset, { source }] of kept) {
    if (!/\.zip$/i.test(asset)) continue;
    const { findings } = await unpackZip(source, limits, aside, () => true);
    const finding = findings.find(({ severity }) => severity !== 'note');
    if (finding !== undefined) throw new Failure('release-corrupt', `\`${safe(asset)}\`: ${finding.message}`);
  }
  return join(aside, name);
}
