import { chmodSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { mldr, type Ran, temporary } from './mldr.ts';

/** Root may read and write everything; a run that must not is another user's then. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** A folder that this other user may write to, with the program (a clone need not be readable) and the examples. */
export function sharedFolder(): string {
  const folder = temporary();
  chmodSync(folder, 0o777);
  for (const name of ['dist', 'examples']) cpSync(name, join(folder, name), { recursive: true });
  return folder;
}

/** Runs the program of a shared folder as a user who is not root. */
export function asNobody(folder: string, words: readonly string[]): Ran {
  return mldr(folder, words, { ...nobody, program: join(folder, 'dist', 'cli.cjs') });
}
