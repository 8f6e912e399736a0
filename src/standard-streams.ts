import { fstatSync, writeSync } from 'node:fs';
import { errnoOf } from './errors.ts';

/** Exit code of a process whose reader has gone (128 + SIGPIPE). */
const brokenPipe = 141;

/**
 * Whether a standard stream is a terminal. Node opens a stream to answer that, which takes as long as checking a small
 * bundle; a pipe or a file is told apart without.
 */
export function isTerminal(stream: 'stdin' | 'stdout' | 'stderr'): boolean {
  return isDevice({ stdin: 0, stdout: 1, stderr: 2 }[stream]) && process[stream].isTTY === true;
}

function isDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // Closed by whoever started us.
    return false;
  }
}

/**
 * Writes to standard output, all of it before it returns wherever the system allows: to a file or a pipe without a
 * stream. Where the reader has gone the process ends.
 */
export function print(text: string): void {
  if (isDevice(1)) {
    standardOutput().write(text);
    return;
  }
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // A pipe that somebody made non-blocking, and that is full: Node knows how to wait for it.
      if (errnoOf(error) === 'EAGAIN') standardOutput().write(rest);
      else leave(errnoOf(error));
      return;
    }
  }
}

let output: NodeJS.WriteStream | undefined;
let errors: NodeJS.WriteStream | undefined;

function standardOutput(): NodeJS.WriteStream {
  output ??= process.stdout.on('error', (error) => leave(errnoOf(error)));
  return output;
}

/** Standard error, opened when it is asked for. Whoever closes it wants no progress; what was begun is finished. */
export function standardError(): NodeJS.WriteStream {
  errors ??= process.stderr.on('error', () => undefined);
  return errors;
}

/**
 * Ends the process when its work is done: at once where no stream was opened, so that nothing can be left in one. Node
 * would first collect what was read, for as long as reading a bundle of 2 MB takes.
 */
export function end(exit: number): void {
  process.exitCode = exit;
  if (output === undefined && errors === undefined) process.exit();
}

function leave(errno: string | undefined): void {
  process.exit(errno === 'EPIPE' ? brokenPipe : 2);
}
