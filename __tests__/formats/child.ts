import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const formats = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'src', 'formats');

/** A folder for one test file, open to every user. */
export function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'formats-'));
  chmodSync(folder, 0o755);
  return folder;
}

/**
 * Makes a program out of TypeScript, to be run by any Node as a process of its own.
 * @param code imports relative to `src/formats`
 * @returns path of the program
 */
export function program(folder: string, name: string, code: string): string {
  const outfile = join(folder, `${name}.mjs`);
  const stdin = { contents: code, resolveDir: formats, loader: 'ts' } as const;
  buildSync({ stdin, bundle: true, platform: 'node', format: 'esm', target: 'node20', outfile, logLevel: 'error' });
  chmodSync(outfile, 0o644);
  return outfile;
}
