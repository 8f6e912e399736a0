import { type ChildProcess, spawn } from 'node:child_process';
import { cli, environment, type Ran } from './mldr.ts';

/** What a run gave; `code` is null where a signal ended it. */
export interface Ended extends Ran {
  readonly signal: NodeJS.Signals | null;
}

/** A run that goes on beside the test. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the shipped command line in a folder, and does not wait for it. */
export function start(cwd: string, words: readonly string[], env = environment()): Started {
  const child = spawn(process.execPath, [cli, ...words], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
  return { child, ended };
}
