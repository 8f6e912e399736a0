import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bundle } from '../../src/domain/bundle.ts';
import type { History } from '../../src/domain/history.ts';
import { defaultLimits } from '../../src/domain/limits.ts';
import { readBundle } from '../../src/formats/bundle/read.ts';
import { builtInKinds, kindOfName } from '../../src/kinds/kinds.ts';
import { readHistory } from '../../src/publish/history.ts';
import type { PackOptions } from '../../src/publish/pack.ts';
import { type PreparedRelease, type PrepareOptions, prepareRelease } from '../../src/publish/prepare.ts';
import { type Published, publishRelease } from '../../src/publish/publish.ts';
import { openDirectoryStore } from '../../src/stores/directory/directory.ts';
import type { ReleaseStore } from '../../src/stores/store.ts';
import { temporaryFolder } from '../stores/directory/temporary.ts';

/** The bundles that the README's commands run on. */
export const dga = 'ML-DGA-20261122-2';
export const detections = 'ML-experimental-detections-20261122-1';
export const limits = defaultLimits;

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const start = Date.parse('2026-11-22T10:00:00Z');

/** The moment so many minutes into the day of the tests. */
export function minute(count: number): Date {
  return new Date(start + count * 60_000);
}

/** A copy of an example under another name, with files replaced or added. */
export function bundleFolder(example: string, name = example, files: Readonly<Record<string, string>> = {}): string {
  const folder = join(temporaryFolder(), name);
  cpSync(join(examples, example), folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export function read(path: string): Promise<Bundle> {
  return readBundle(path, { limits, kindOf: (name) => kindOfName(name, builtInKinds) });
}

/** A bundle of an example under another name, with files replaced or added. */
export function bundle(example: string, name = example, files: Readonly<Record<string, string>> = {}): Promise<Bundle> {
  return read(bundleFolder(example, name, files));
}

/** A new store of its own; its clock stands at the first minute, or is the one given. */
export function newStore(now: () => Date = () => minute(0)): { root: string; store: ReleaseStore } {
  const root = join(temporaryFolder(), 'releases');
  return { root, store: openDirectoryStore(root, { address: 'dir:releases', now }) };
}

export function packOptions(name: string, more: Partial<PackOptions> = {}): PackOptions {
  const tool = { name: 'ml-detection-release', version: '1.2.3' };
  return { name, notes: `Notes of ${name}.\n`, limits, now: minute(0), tool, ...more };
}

export async function prepare(
  from: Bundle,
  history: History,
  more: Partial<PrepareOptions> = {},
): Promise<PreparedRelease> {
  return prepareRelease(from, history, { run: 'run-1', ...packOptions(from.name), ...more });
}

/** Publishes a bundle under its name, from the store's history. */
export async function publish(
  store: ReleaseStore,
  from: Bundle,
  more: Partial<PrepareOptions> = {},
): Promise<Published> {
  const prepared = await prepare(from, await readHistory(store), more);
  try {
    return await publishRelease(store, prepared, { limits });
  } finally {
    await prepared.dispose();
  }
}
