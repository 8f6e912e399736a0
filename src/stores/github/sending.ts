import type { ClientRequest } from 'node:http';

/** How fast a body must go: bytes within each window of so many milliseconds. */
export interface Pace {
  readonly window: number;
  readonly least: number;
}

/** Who is told what keeps a body from being sent; the request is to be destroyed then. */
interface Sender {
  /** The source of the body failed. */
  onBroken(reason: unknown): void;
  onSlow(why: string): void;
}

/**
 * Sends a body and ends the request; it never rejects. The next chunk is asked for when the last has gone to the
 * system, so that none is kept, a source may use its memory again, and what was asked for is what has moved.
 */
export async function sendBody(
  outgoing: ClientRequest,
  body: AsyncIterable<Uint8Array>,
  pace: Pace | undefined,
  { onBroken, onSlow }: Sender,
): Promise<void> {
  let [moved, before] = [0, 0];
  const look = ({ window, least }: Pace): void => {
    const bytes = moved - before;
    before = moved;
    if (bytes < least) onSlow(`only ${bytes} bytes moved within ${window} ms; ${least} are the least`);
  };
  const watch = pace === undefined ? undefined : setInterval(() => look(pace), pace.window);
  const closed = new Promise<void>((resolve) => outgoing.once('close', resolve));
  try {
    for await (const chunk of body) {
      // An answer came before all was sent, or the connection broke: whoever waits for it knows.
      if (outgoing.destroyed) return;
      await Promise.race([new Promise<void>((resolve) => void outgoing.write(chunk, () => resolve())), closed]);
      moved += chunk.length;
    }
    outgoing.end();
  } catch (reason) {
    onBroken(reason);
  } finally {
    clearInterval(watch);
  }
}
