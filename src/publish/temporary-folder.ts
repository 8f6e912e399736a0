import { promises } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writing } from '../stores/file-failure.ts';

/** A folder that only this user can look into. */
export interface TemporaryFolder {
  readonly path: string;
  /** Removes it with all that it holds; calling it again does nothing. */
  remove(): Promise<void>;
}

/** Makes a new folder where the system keeps temporary files. @throws Failure `disk-full`, `write-failed` */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await writing(tmpdir(), () => promises.mkdtemp(join(tmpdir(), 'mldr-')));
  return { path, remove: () => promises.rm(path, { recursive: true, force: true }) };
}
