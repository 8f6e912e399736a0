import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach } from 'vitest';

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder, removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  made.push(folder);
  return folder;
}

/** Every file below a folder, as paths from there, sorted; folders end in `/`. Looks through no link. */
export function everything(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => `${relative(folder, join(entry.parentPath, entry.name))}${entry.isDirectory() ? '/' : ''}`)
    .sort();
}

/** Paths, sizes, times and contents below a folder: equal only where nothing was touched. */
export function fingerprint(folder: string): string[] {
  return everything(folder).map((path) => {
    const stat = statSync(join(folder, path));
    return `${path} ${stat.ino} ${stat.mtimeMs} ${stat.isFile() ? readFileSync(join(folder, path), 'base64') : ''}`;
  });
}

/** A store's folder as others filled it: path and text of each file. */
export function filledStore(files: Readonly<Record<string, string>>): string {
  const root = join(temporaryFolder(), 'releases');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
