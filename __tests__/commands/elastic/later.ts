import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import { work } from './cluster.ts';

/** Another text in a file of a bundle. */
type Change = readonly [file: string, from: string, to: string];

export const hosts = 'ML-HostRiskScore-20261122-1';
export const urls = 'ML-URLSpoof-20261122-1';
export const problem = 'ML-ProblemChild-20261122-1';

/** Puts an example of a later family into a folder under a name, with texts of its files that are others. */
export function put(folder: string, example: string, name: string, ...changes: readonly Change[]): void {
  cpSync(resolve('examples', example), join(folder, name), { recursive: true });
  for (const [file, from, to] of changes) {
    const path = join(folder, name, file);
    const text = readFileSync(path, 'utf8');
    expect(text.split(from)).toHaveLength(2);
    writeFileSync(path, text.replace(from, to));
  }
}

/** A folder with one. */
export function bundle(example: string, ...changes: readonly Change[]): string {
  const folder = work();
  put(folder, example, example, ...changes);
  return folder;
}
