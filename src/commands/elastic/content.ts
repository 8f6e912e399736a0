import { basename, join } from 'node:path';
import { requireInside } from '../../confinement.ts';
import type { Bundle } from '../../domain/bundle.ts';
import type { SubjectReport } from '../../domain/report.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { manifestName } from '../../publish/asset.ts';
import { getRelease } from '../../publish/get.ts';
import { readKnown } from '../../publish/history.ts';
import { makeTemporaryFolder } from '../../publish/temporary-folder.ts';
import { openStore, type Session } from '../../session.ts';
import { earlierReleases, examineBundle } from '../examined.ts';
import { requireNotYanked, yankedReleases } from '../yanked.ts';

/** What is to be put on a target: read, proven and checked, before the target is asked for anything. */
export interface Content {
  readonly bundle: Bundle;
  readonly subject: SubjectReport;
  readonly release: string;
  /** SHA-256 of the release's manifest, or of the bundle where it comes from a folder. */
  readonly digest: string;
  /** Removes what was unpacked. */
  dispose(): Promise<void>;
}

/** A release by name, where it is wanted by the digest of its manifest too. */
interface Pinned {
  readonly name: string;
  readonly digest?: string;
}

/** Reads what the inputs name: a release of the store, or with `--directory` a bundle. @throws Failure see both */
export async function readContent(session: Session): Promise<Content> {
  const { release, directory } = session.inputs;
  if (directory !== undefined && release !== undefined) {
    throw new Failure('usage', 'A release and `--directory` are both given.', { help: 'Give one of them.' });
  }
  if (directory !== undefined) return await readFolder(session, directory);
  if (release !== undefined) return await readRelease(session, pinned(release));
  throw new Failure('usage', `\`${session.inputs.command}\` needs a release, or --directory with a bundle.`, {
    help: `See \`mldr help ${session.inputs.command}\`.`,
  });
}

/** @throws Failure `usage` */
export function pinned(text: string): Pinned {
  const match = /^([^@]+)(?:@sha256:([0-9a-fA-F]{64}))?$/.exec(text);
  const [, name, digest] = match ?? [];
  if (name === undefined) {
    throw new Failure('usage', `\`${safe(text)}\` is not of the form NAME or NAME@sha256:<64 hexadecimal digits>.`);
  }
  return { name, ...(digest === undefined ? {} : { digest: digest.toLowerCase() }) };
}

/**
 * Downloads a release into a folder of its own and proves it against itself and the newest index. What compares it with
 * other releases is not asked again: it was, when it was published.
 * @throws Failure `release-not-found`, `release-corrupt`, `release-yanked`, `yanked-unknown`, the store's
 */
export async function readRelease(session: Session, { name, digest }: Pinned): Promise<Content> {
  const store = await openStore(session);
  const [testimony, yanked] = await Promise.all([readKnown(store, name), yankedReleases(session, store)]);
  if (session.inputs['allow-yanked'] !== true) requireNotYanked(name, yanked, testimony);
  const folder = await makeTemporaryFolder();
  try {
    const { verification, path } = await getRelease(store, name, folder.path, { limits: session.limits, ...testimony });
    const manifest = verification.assets.find((asset) => asset.name === manifestName(name))?.sha256 ?? '';
    const missing = 'it is published already';
    const { bundle, subject } = await examineBundle(session, path, undefined, async () => ({ yanked, missing }));
    if (digest !== undefined && digest !== manifest && digest !== bundle.sha256) {
      throw new Failure('release-corrupt', `The manifest of \`${safe(name)}\` has sha256 ${manifest}, not ${digest}.`);
    }
    const shown = { ...subject, path: name };
    return { bundle, subject: shown, release: name, digest: manifest, dispose: folder.remove };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/** Examines a bundle as `validate` does; without the store it goes on, and says so. */
export async function readFolder(session: Session, path: string): Promise<Content> {
  requireInside(session.host, path);
  const earlier = earlierReleases(session);
  const { bundle, subject } = await examineBundle(session, path, undefined, async (options) => {
    try {
      return await earlier(options);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const yanked = { releases: session.configuration.yanked, remarks: [] };
      return { yanked, missing: `the store ${session.storeAddress} cannot be read: ${error.message}` };
    }
  });
  if (session.inputs['allow-yanked'] !== true) {
    requireNotYanked(bundle.name, { releases: session.configuration.yanked, remarks: [] }, {});
  }
  return { bundle, subject, release: bundle.name, digest: bundle.sha256, dispose: async () => undefined };
}

/** Where a file of the content lies on disk; undefined inside a zip. */
export function pathOf({ bundle }: Content, file: string): string | undefined {
  return bundle.source === 'folder' && basename(file) === file ? join(bundle.path, file) : undefined;
}
