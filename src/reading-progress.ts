import type { Host } from './host.ts';
import { humanSize } from './reporters/measure.ts';

/** Below this nobody waits; bytes. */
const quiet = 32 * 1024 * 1024;

/** Tells a person how much of a large bundle was read; nothing of it stays on the screen. */
export interface ReadingProgress {
  /** Called with the bytes of each read. */
  read(bytes: number): void;
  /** All of it is read, checked or refused. */
  end(): void;
}

/** @param name of what is read */
export function readingProgress(host: Pick<Host, 'progress'>, name: string): ReadingProgress {
  const key = `read ${name}`;
  let total = 0;
  let told = 0;
  return {
    read: (bytes) => {
      total += bytes;
      if (total - told < quiet) return;
      told = total;
      host.progress({ key, text: `read     ${name}  ${humanSize(total)}`, done: false });
    },
    end: () => {
      if (told > 0) host.progress({ key, text: '', done: false, clear: true });
    },
  };
}
