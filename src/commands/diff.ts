import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { requireInside } from '../confinement.ts';
import type { Space } from '../domain/reference.ts';
import { Failure } from '../errors.ts';
import { readBundle } from '../formats/bundle/read.ts';
import { manifestName } from '../publish/asset.ts';
import { definitionsOf } from '../publish/content.ts';
import { largest, readAsset } from '../publish/read-asset.ts';
import { readManifest } from '../publish/read-manifest.ts';
import type { CommandResult } from '../result.ts';
import { kindFor, openStore, type Session } from '../session.ts';
import type { ReleaseStore } from '../stores/store.ts';
import { type Change, changes, type Side } from './side.ts';

const signs: Readonly<Record<Change['what'], string>> = { added: '+', removed: '-', changed: '~' };

/** Compares a release with another, or with a bundle: files by digest, and the ids that they define. */
export async function diff(session: Session): Promise<CommandResult> {
  const store = await openStore(session);
  const { release = '', other = '' } = session.inputs;
  const before = await releaseSide(store, release);
  const path = resolve(session.host.cwd, other);
  const after = existsSync(path) ? await bundleSide(session, path, other) : await releaseSide(store, other);
  const found = changes(before, after);
  return {
    subjects: [],
    store: store.address,
    result: { from: before.name, to: after.name, changes: found },
    text: [
      `${before.name} → ${after.name}`,
      ...found.map(({ what, subject, id, detail }) => `  ${signs[what]} ${subject} ${id}${detail}`),
      found.length === 0 ? 'The same files and the same definitions.' : `${found.length} differences.`,
    ],
  };
}

async function releaseSide(store: ReleaseStore, name: string): Promise<Side> {
  const reading = await readAsset(store, name, manifestName(name), largest.manifest);
  if ('missing' in reading) {
    const there = (await store.list()).some((release) => release.name === name);
    const what = there
      ? 'has no manifest: it cannot be compared'
      : `is neither a release of ${store.address} nor a path`;
    throw new Failure('release-not-found', `\`${name}\` ${what}.`);
  }
  const { manifest, reasons } = 'bytes' in reading ? readManifest(reading.bytes, name) : { reasons: [reading.reason] };
  if (manifest === undefined) {
    throw new Failure('release-corrupt', `The manifest of \`${name}\` cannot be read: ${reasons.join('; ')}.`);
  }
  const files = manifest.assets.flatMap(({ entries }) => entries.map(({ path, sha256 }) => [path, sha256] as const));
  return { name, files: new Map(files), definitions: manifest.definitions ?? modelsOnly(manifest.models) };
}

async function bundleSide(session: Session, path: string, name: string): Promise<Side> {
  requireInside(session.host, name);
  const bundle = await readBundle(path, { limits: session.limits, kindOf: (base) => kindFor(session, base) });
  const broken = bundle.findings[0];
  if (bundle.entries.length === 0 && broken !== undefined) {
    throw new Failure('usage', `${name} cannot be read: ${broken.message}`, {
      help: 'See `mldr validate` for all of it.',
    });
  }
  return {
    name,
    files: new Map(bundle.entries.map((entry) => [entry.path, entry.sha256])),
    definitions: definitionsOf(bundle),
  };
}

function modelsOnly(models: readonly string[]): Partial<Record<Space, readonly string[]>> {
  return models.length === 0 ? {} : { model: models };
}
