import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

/**
 * Bundles a program of `programs/` for the tests of a file.
 * @returns its path, in a folder that any user may read
 */
export function bundledProgram(name: string): () => string {
  const folder = mkdtempSync(join(tmpdir(), 'program-'));
  const outfile = join(folder, `${name}.cjs`);
  beforeAll(async () => {
    chmodSync(folder, 0o755);
    const entry = join(import.meta.dirname, 'programs', `${name}.ts`);
    await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20' });
    chmodSync(outfile, 0o644);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return () => outfile;
}

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command until it ends.
 * @param watch is given the process and each line of its output as it comes
 */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
  watch: (line: string, child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const from = stdout.lastIndexOf('\n') + 1;
    stdout += text;
    for (const line of stdout.slice(from, stdout.lastIndexOf('\n') + 1).split('\n'))
      if (line !== '') watch(line, child);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** Runs a program with this Node. */
export function runNode(
  program: string,
  args: readonly string[],
  options?: SpawnOptions,
  watch?: Parameters<typeof run>[3],
) {
  return run(process.execPath, [program, ...args], options, watch);
}

/** A process that answers messages, one at a time. */
export class Answerer {
  readonly child: ChildProcess;

  constructor(program: string) {
    this.child = spawn(process.execPath, [program], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  }

  /** @throws where the process ends instead of answering */
  async ask(message: object): Promise<string> {
    return await new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error('The process ended without an answer.'));
      this.child.once('exit', ended);
      this.child.once('message', (answer) => {
        this.child.off('exit', ended);
        resolve(String(answer));
      });
      this.child.send(message);
    });
  }

  /** Ends the process as a crash would. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await new Promise((resolve) => {
      this.child.once('exit', resolve);
      this.child.kill('SIGKILL');
    });
  }
}
