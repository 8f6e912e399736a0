import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../errors.ts';
import { isFolder } from '../is-folder.ts';
import { readChecksums } from '../publish/checksums.ts';
import type { Session } from '../session.ts';
import { findBundle } from './find-bundles.ts';

/**
 * The bundle to release: a folder, a zip, or the zip inside a folder that `pack` wrote, once that folder is found to
 * hold what its SHA256SUMS says.
 * @throws Failure `precondition-failed` where it does not
 */
export async function findRelease(session: Session): Promise<string> {
  const path = findBundle(session);
  const folder = resolve(session.host.cwd, path);
  if (!isFolder(folder)) return path;
  const names = namesIn(folder);
  const zips = names.filter((name) => /^ML-.*\.zip$/.test(name));
  const [zip] = zips;
  if (zip === undefined || zips.length > 1 || !names.includes('SHA256SUMS')) return path;
  for (const [name, expected] of sumsOf(folder)) {
    const actual = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
    if (actual === expected) continue;
    throw new Failure('precondition-failed', `\`${name}\` has sha256 ${actual}; its SHA256SUMS says ${expected}.`, {
      help: 'What was packed was changed since: pack again.',
    });
  }
  return join(path, zip);
}

/** None where the folder cannot be read: reading the bundle says so, with what to do. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function sumsOf(folder: string): ReadonlyMap<string, string> {
  const sums = readChecksums(readFileSync(join(folder, 'SHA256SUMS')));
  if (!('reason' in sums)) return sums;
  throw new Failure('precondition-failed', `The SHA256SUMS of ${folder} cannot be read: ${sums.reason}.`);
}
