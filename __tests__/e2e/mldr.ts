import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

/** The command line as it is shipped. */
export const cli = resolve('dist/cli.cjs');

/** The moment of every run here, so that manifests and reports are the same each time. */
export const moment = '1795348800'; // 2026-11-22T12:00:00Z

/** The two examples. */
export const dga = 'ML-DGA-20261122-2';
export const detections = 'ML-experimental-detections-20261122-1';

/** What a run of the command line gave. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const made: string[] = [];

/** A new folder, which is removed behind the tests of the file. */
export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mldr-'));
  made.push(folder);
  return folder;
}

// Hooks run last in, first out: whatever a test file undoes itself (a mount) is undone before.
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A new folder that holds the examples, as a clone does. */
export function workFolder(...examples: string[]): string {
  const folder = temporary();
  for (const example of examples)
    cpSync(join('examples', example), join(folder, 'examples', example), { recursive: true });
  return folder;
}

/** Environment of a run: nothing of the machine's own but the path. */
export function environment(more: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), SOURCE_DATE_EPOCH: moment, ...more };
}

/** Runs the shipped command line in a folder, with no terminal. */
export function mldr(
  cwd: string,
  words: readonly string[],
  { program = cli, ...options }: SpawnSyncOptions & { env?: Record<string, string>; program?: string } = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd,
    input: '',
    maxBuffer: 1 << 26,
    ...options,
    encoding: 'utf8',
    env: options.env ?? environment(),
  });
  return { code: status, stdout, stderr };
}

/** Whether a run said what happened to a person: no stack trace, no defect of the tool. */
export function noStack({ stdout, stderr }: Ran): boolean {
  return !/^\s+at .*[:(]|node:internal|\binternal\b/m.test(stdout + stderr);
}
