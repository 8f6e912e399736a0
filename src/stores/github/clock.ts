import { setTimeout } from 'node:timers/promises';

/** The time as the store sees it: tests bring their own, so that no test waits. */
export interface Clock {
  now(): Date;
  /** Resolves after some milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

/** The clock of the system. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds) => {
    await setTimeout(milliseconds);
  },
};

/** How much is tried, and how long; milliseconds. */
export interface Patience {
  /** Tries of one request, the first one included. */
  readonly tries: number;
  /** The longest pause that a server may ask for; more is a failure that says when to come again. */
  readonly longestPause: number;
  /** Until a request of the API must be answered whole. */
  readonly request: number;
  /** How long an upload or a download may stand still. */
  readonly stall: number;
  /** Within which an upload must move at least so many bytes, while there are some to send. */
  readonly window: number;
  /** Bytes. */
  readonly leastInWindow: number;
  /** All tries of one upload, or of one download, together. */
  readonly transfer: number;
  /** All uploads of one release together. */
  readonly uploads: number;
  /** Failed tries and pauses of all requests together; when they took longer, nothing is tried again. */
  readonly trouble: number;
}

/**
 * Five tries (1, 4, 16, 64 s apart), five minutes when asked to wait; an upload stands still for half a minute or
 * crawls at 50 kB/s for one at most (publishing.md §B, 18); an hour for a file of 2 GiB, and for all of them: a token
 * of an App lives no longer.
 */
export const defaultPatience: Patience = {
  tries: 5,
  longestPause: 300_000,
  request: 60_000,
  stall: 30_000,
  window: 60_000,
  leastInWindow: 3_000_000,
  transfer: 3_600_000,
  uploads: 3_600_000,
  trouble: Number.POSITIVE_INFINITY,
};

/** For who can do without an answer: some ten seconds of trouble in all, and the reason. */
export const hurriedPatience: Patience = {
  tries: 2,
  longestPause: 3_000,
  request: 4_000,
  stall: 4_000,
  window: 30_000,
  leastInWindow: 1_500_000,
  transfer: 30_000,
  uploads: 30_000,
  trouble: 10_000,
};
