import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { ReleaseResult } from '../domain/report.ts';
import { Failure } from '../errors.ts';
import { modelsOf } from '../publish/content.ts';
import { packBundle } from '../publish/pack.ts';
import type { CommandResult } from '../result.ts';
import type { Session } from '../session.ts';
import { writing } from '../stores/file-failure.ts';
import type { AssetContent } from '../stores/store.ts';
import { consentTo } from './consent.ts';
import { examineBundle } from './examined.ts';
import { findBundle } from './find-bundles.ts';
import { preparation } from './preparation.ts';
import { requireName } from './release-name.ts';
import { writeAsset } from './write-asset.ts';

/** Checks a bundle and writes what a release of it would hold, but the index, into a new folder. */
export async function pack(session: Session): Promise<CommandResult> {
  const { bundle, history, subject } = await examineBundle(session, findBundle(session));
  requireName(session, bundle);
  const consent = await consentTo(session, subject);
  if (!consent.given) return { subjects: [subject], no: true, text: [consent.because] };
  const { name } = bundle;
  const out = resolve(session.host.cwd, session.inputs.out ?? join('out', name));
  const shown = relative(session.host.cwd, out) || '.';
  if (existsSync(out)) {
    throw new Failure('write-failed', `${shown} is there already.`, { help: 'Remove it, or name another with --out.' });
  }
  const packed = await packBundle(bundle, preparation(session, bundle, history, subject));
  try {
    const assets = [packed.zip, packed.manifest, packed.checksums];
    await writeFolder(out, assets);
    const release: ReleaseResult = {
      name,
      state: 'packed',
      url: shown,
      assets: assets.map(({ name: asset, size, sha256 }) => ({ name: asset, size, sha256 })),
      models: modelsOf(bundle).map(({ id, sha256 }) => ({ id, sha256 })),
    };
    return {
      subjects: [{ ...subject, release }],
      text: assets.map(({ name: asset, sha256 }) => `${sha256}  ${asset}`),
    };
  } finally {
    await packed.dispose();
  }
}

/** All files, or no folder: they are written beside it first. */
async function writeFolder(out: string, assets: readonly AssetContent[]): Promise<void> {
  const aside = join(dirname(out), `.mldr-${process.pid}-${Date.now()}`);
  await writing(out, async () => {
    await mkdir(aside, { recursive: true });
    try {
      for (const asset of assets) await writeAsset(join(aside, asset.name), asset);
      await rename(aside, out);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  });
}
