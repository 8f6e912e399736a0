import { randomInt } from 'node:crypto';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { Answer } from './answer.ts';
import type { Clock, Patience } from './clock.ts';

/** The pause before a next try: 1, 4, 16, 64 s and so on, give or take a quarter, so that runners do not march in step. */
export function growingPause(attempt: number): number {
  const base = 1000 * 4 ** Math.min(attempt - 1, 4);
  return base + randomInt(-base / 4, base / 4 + 1);
}

/**
 * Whether an answer is a limit's: the request had no effect, and may come again later. A 403 is one only where it says
 * so; GitHub's limits name themselves in headers, or in the text alone.
 */
export function isLimited({ status, headers, said }: Answer): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(said);
}

/**
 * How long a limit asks to wait, in milliseconds: Retry-After (seconds or a date), else the reset of the quota, else a
 * minute and more (docs.github.com, "Rate limits for the REST API").
 */
function demandedPause({ headers }: Answer, now: Date, attempt: number): number {
  const after = headers['retry-after'];
  if (after !== undefined && /^\d{1,9}$/.test(after)) return Number(after) * 1000;
  const date = after === undefined ? Number.NaN : Date.parse(after);
  if (!Number.isNaN(date)) return Math.max(1000, date - now.getTime());
  const reset =
    headers['x-ratelimit-remaining'] === '0' ? Number(headers['x-ratelimit-reset'] ?? Number.NaN) : Number.NaN;
  // A reset that is past: clocks differ, and the quota is there again any moment.
  if (!Number.isNaN(reset)) return Math.max(growingPause(attempt), reset * 1000 + 1000 - now.getTime());
  return 60_000 * 2 ** (attempt - 1);
}

/**
 * Waits as long as a limit asks for.
 * @param attempt how many tries there were, this one included
 * @throws Failure `rate-limited` where that is too long, or was asked for too often
 */
export async function waitForLimit(answer: Answer, attempt: number, clock: Clock, patience: Patience): Promise<void> {
  const pause = demandedPause(answer, clock.now(), attempt);
  if (pause > patience.longestPause || attempt >= patience.tries) {
    const until = new Date(clock.now().getTime() + pause).toISOString();
    throw new Failure('rate-limited', `GitHub asks to come again after ${until}: ${safe(answer.said)}.`);
  }
  await clock.sleep(pause);
}
