import { isArray, member, type Value } from '../../domain/document.ts';
import { Failure } from '../../errors.ts';
import type { RepositoryName } from './address.ts';
import type { Answer, ApiRequest } from './answer.ts';
import type { Clock, Patience } from './clock.ts';
import { type Connection, unreachable } from './connection.ts';
import { growingPause, isLimited, waitForLimit } from './pauses.ts';
import { readRefusal } from './refusal.ts';

/** A part of a list. */
export interface Page {
  readonly rows: readonly Value[];
  /** On the last one: whether the list ends here, or GitHub shows no more of it (its cap of 1,000). */
  readonly end?: 'whole' | 'capped';
}

/** The API with patience. */
export interface Client {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly patience: Patience;
  /** `/repos/owner/name`. */
  readonly root: string;
  /** Where a path of the repository is read from: a renamed one is somewhere else. */
  place(path: string): string;
  /**
   * Waits before a next try.
   * @param attempt how many tries there were
   * @param began when the last one began
   * @throws the error, where there is to be none
   */
  retry(error: unknown, attempt: number, began: Date): Promise<void>;
  /** Waits as long as a limit asks for. @throws Failure `rate-limited` where that is too long, or was asked too often */
  waitOut(answer: Answer, attempt: number): Promise<void>;
  /** Reads; tries again after whatever may pass. @returns 200 or any refusal */
  read(path: string): Promise<Answer>;
  /** Reads a value; undefined for a 404. @param doing completes "Cannot …" */
  find(path: string, doing: string): Promise<Value | undefined>;
  /** Reads a list page by page as they are asked for, following `Link`, up to GitHub's cap. */
  pages(path: string, doing: string): AsyncGenerator<Page, undefined>;
  /** Reads all pages of a list. */
  all(path: string, doing: string): Promise<{ readonly rows: readonly Value[]; readonly capped: boolean }>;
  /**
   * Writes, tried once but for limits.
   * @returns success or refusal; `github-unreachable` is thrown where it is in doubt whether it had an effect
   */
  write(request: ApiRequest): Promise<Answer>;
}

const redirects = [301, 302, 307, 308];
const mostHops = 3;
const mostPages = 200;

/**
 * Opens a repository's API.
 * @param onMoved told `owner/name` once, where the repository is called otherwise now
 */
export function openClient(
  connection: Connection,
  { owner, name }: RepositoryName,
  clock: Clock,
  patience: Patience,
  onMoved?: (name: string) => void,
): Client {
  const root = `/repos/${owner}/${name}`;
  const anonymous = connection.headers['authorization'] === undefined;
  // Milliseconds that failed tries and pauses took until now, those at the same time one by one.
  let lost = 0;
  let moved: string | undefined;

  const counting: Clock = {
    ...clock,
    sleep: async (milliseconds) => {
      lost += milliseconds;
      await clock.sleep(milliseconds);
    },
  };

  async function retry(error: unknown, attempt: number, began: Date): Promise<void> {
    const pause = growingPause(attempt);
    lost += clock.now().getTime() - began.getTime();
    if (!inDoubt(error) || attempt >= patience.tries || lost + pause > patience.trouble) throw error;
    await counting.sleep(pause);
  }

  async function waitOut(answer: Answer, attempt: number): Promise<void> {
    const longestPause = Math.min(patience.longestPause, patience.trouble - lost);
    await waitForLimit(answer, attempt, counting, { ...patience, longestPause });
  }

  function place(path: string): string {
    return moved !== undefined && isBelow(root, path) ? moved + path.slice(root.length) : path;
  }

  /** One exchange that had an answer: limits are waited for, since what they refuse had no effect. */
  async function answered(request: ApiRequest): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await connection.send(request);
      if (!isLimited(answer)) return definite(request, answer);
      await waitOut(answer, attempt);
    }
  }

  async function read(wanted: string): Promise<Answer> {
    let path = place(wanted);
    let hops = 0;
    for (let attempt = 1; ; ) {
      const began = clock.now();
      try {
        const answer = await answered({ method: 'GET', path });
        const target = redirects.includes(answer.status) ? within(connection.base, answer) : undefined;
        hops += 1;
        if (target === undefined || hops > mostHops) return answer;
        await follow(path, target);
        path = target;
      } catch (error) {
        await retry(error, attempt, began);
        attempt += 1;
      }
    }
  }

  /** Notes where a renamed repository is now, so that it is asked for there, and tells its name. */
  async function follow(path: string, target: string): Promise<void> {
    const rest = path.slice(root.length);
    if (moved !== undefined || !isBelow(root, path) || !target.endsWith(rest)) return;
    moved = target.slice(connection.base.length, target.length - rest.length);
    if (onMoved === undefined) return;
    const full = member((await answered({ method: 'GET', path: moved })).body, 'full_name');
    if (typeof full === 'string') onMoved(full);
  }

  async function find(path: string, doing: string): Promise<Value | undefined> {
    const answer = await read(path);
    if (answer.status === 200) return answer.body;
    if (answer.status === 404) return undefined;
    throw readRefusal(doing, answer, anonymous);
  }

  async function* pages(path: string, doing: string): AsyncGenerator<Page, undefined> {
    let seen = 0;
    let next: string | undefined = path;
    for (let count = 1; next !== undefined; count += 1) {
      const answer: Answer = await read(next);
      // "Only the first 1000 results are available": what is there is had already.
      const over = answer.status === 422 && count > 1;
      if (answer.status !== 200 && !over) throw readRefusal(doing, answer, anonymous);
      const rows = over ? [] : answer.body;
      if (!isArray(rows)) throw unreachable(`GET ${path.split('?')[0]}`, new Error('the answer is not a list'));
      seen += rows.length;
      next = over || count >= mostPages ? undefined : nextPage(connection.base, answer);
      yield { rows, ...(next === undefined ? { end: over || seen >= 1000 ? 'capped' : 'whole' } : {}) };
    }
    return undefined;
  }

  async function all(path: string, doing: string): Promise<{ rows: Value[]; capped: boolean }> {
    const rows: Value[] = [];
    let capped = false;
    for await (const page of pages(path, doing)) {
      rows.push(...page.rows);
      capped = page.end === 'capped';
    }
    return { rows, capped };
  }

  return {
    connection,
    clock,
    patience,
    root,
    place,
    retry,
    waitOut,
    read,
    find,
    pages,
    all,
    write: answered,
  };
}

/** Whether a failure leaves open what became of a request. */
export function inDoubt(error: unknown): boolean {
  return error instanceof Failure && (error.code === 'github-unreachable' || error.code === 'transfer-stalled');
}

/**
 * Does something that must be done once: after a doubtful answer it looks first, and tries again only where the look
 * finds nothing.
 * @param look undefined where it was not done
 */
export async function once<T>(
  { clock, patience }: Client,
  write: () => Promise<T>,
  look: () => Promise<T | undefined>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (!inDoubt(error)) throw error;
      await clock.sleep(growingPause(attempt));
      const found = await look();
      if (found !== undefined) return found;
      if (attempt >= patience.tries) throw error;
    }
  }
}

/** @throws Failure `github-unreachable` for an answer that does not say what became of the request */
function definite({ method, path }: ApiRequest, answer: Answer): Answer {
  const { status, body } = answer;
  const what = `${method} ${path.split('?')[0]}`;
  if (status >= 500 || status === 408) throw unreachable(what, new Error(`GitHub answered ${status}`));
  if (status < 300 && status !== 204 && body === undefined) {
    throw unreachable(what, new Error(`the answer ${status} is not JSON: a proxy's page?`));
  }
  return answer;
}

function isBelow(root: string, path: string): boolean {
  return path === root || (path.startsWith(root) && /^[/?]/.test(path.slice(root.length)));
}

/** Where a redirect leads, if that is the same API: the token goes nowhere else. */
function within(base: string, { headers }: Answer): string | undefined {
  const target = headers['location'];
  return target?.startsWith(`${base}/`) === true ? target : undefined;
}

function nextPage(base: string, { headers }: Answer): string | undefined {
  const target = /<([^<>]+)>;\s*rel="next"/.exec(headers['link'] ?? '')?.[1];
  return target?.startsWith(`${base}/`) === true ? target : undefined;
}
