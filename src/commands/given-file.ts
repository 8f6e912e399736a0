import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { requireInside } from '../confinement.ts';
import { safe } from '../domain/safe.ts';
import { errnoOf, Failure } from '../errors.ts';
import type { Session } from '../session.ts';

/**
 * Reads a file that lies outside of any bundle, as an input names it.
 * @param what it is, for a message: `golden predictions`
 * @throws Failure `path-not-found`, `file-unreadable`, `path-refused`
 */
export function givenFile({ host, limits }: Session, path: string, what: string): { bytes: Buffer; sha256: string } {
  requireInside(host, path);
  const location = resolve(host.cwd, path);
  try {
    const { size } = statSync(location);
    if (size > limits.entryBytes) {
      throw new Failure('file-unreadable', `${safe(path, 1000)} has ${size} bytes; the limit is ${limits.entryBytes}.`);
    }
    const bytes = readFileSync(location);
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const code = errnoOf(cause) === 'ENOENT' ? 'path-not-found' : 'file-unreadable';
    throw new Failure(code, `The ${what} ${safe(path, 1000)} cannot be read.`, { cause });
  }
}
