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
  /** All tries of one upload, or of one download, together. */
  readonly transfer: number;
  /** Failed tries and pauses of all requests together; when they took longer, nothing is tried again. */
  readonly trouble: number;
}

/** Five tries (1, 4, 16, 64 s apart), five minutes when asked to wait, an hour for a file of 2 GiB. */
export const defaultPatience: Patience = {
  tries: 5,
  longestPause: 300_000,
  request: 60_000,
  stall: 30_000,
  transfer: 3_600_000,
  trouble: Number.POSITIVE_INFINITY,
};

/** For who can do without an answer: some ten seconds of trouble in all, and the reason. */
export const hurriedPatience: Patience = {
  tries: 2,
  longestPause: 3_000,
  request: 4_000,
  stall: 4_000,
  transfer: 30_000,
  trouble: 10_000,
};
