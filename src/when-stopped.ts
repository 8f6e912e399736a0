import { safe } from './domain/safe.ts';
import type { Host } from './host.ts';

/** Something is left incomplete (design.md §4). */
const incomplete = 3;

/**
 * Says what repairs a target when a signal stops the process, and ends it with exit code 3; before anything was begun
 * the signal does what it does. The journal was written ahead: at no moment is there more to do than to end.
 * @param say takes the lines, and has told them when it returns
 */
export function whenStopped(say: (lines: readonly string[]) => void): NonNullable<Host['unfinished']> {
  let repair: string | undefined;
  let listening = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (repair === undefined) {
      process.removeListener(signal, stop);
      process.kill(process.pid, signal);
      return;
    }
    say([
      `stopped  ${signal}`,
      '         The deployment is left half-way: what it had changed stays until somebody ends it.',
      '         This one command puts everything back:',
      `         ${safe(repair, 10_000)}`,
    ]);
    process.exit(incomplete);
  };
  return (command) => {
    repair = command;
    if (listening) return;
    listening = true;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  };
}
