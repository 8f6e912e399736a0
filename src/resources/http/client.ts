import { setTimeout as sleep } from 'node:timers/promises';
import type { Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { withoutSecrets } from '../../domain/secret-forms.ts';
import { Failure } from '../../errors.ts';
import type { TargetAddress } from './address.ts';
import { exchange, requestText, type TargetAnswer, type TargetRequest } from './exchange.ts';

/** An answer with its JSON. */
interface JsonAnswer {
  readonly status: number;
  /** Undefined where the answer has no body. */
  readonly value: Value | undefined;
  /** The JSON as it came: in it every number is whole. */
  readonly text: string;
}

/** One server of a target. */
export interface TargetClient {
  readonly address: TargetAddress;
  /** Requests sent so far, for figures and the report. */
  readonly requests: () => number;
  /**
   * Sends a request and reads its answer.
   * @param accept statuses that are answers beside 2xx (404 for what may be absent)
   * @throws Failure `target-unreachable`, `target-timeout`, `target-unauthorised`, `target-forbidden`,
   * `target-refused` (any other 4xx, with the server's reason), `target-failed` (5xx), `target-answer-invalid`
   */
  send(request: TargetRequest, accept?: readonly number[]): Promise<JsonAnswer>;
}

/** How patient a client is. */
export interface ClientOptions {
  /** Milliseconds until an answer must be there whole; by default a minute, as the seed has it. */
  readonly timeout?: number;
  /** Milliseconds before the next tries of what may be tried again. */
  readonly pauses?: readonly number[];
  /** Headers of every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The server's reason in its words, where the body of a refusal has one. */
  readonly reasonOf: (value: Value | undefined) => string | undefined;
}

const mostOfAnswer = 256 * 1024 * 1024;
const busy = [429, 502, 503, 504];

/** Opens a server of a target; nothing is sent yet. */
export function openTargetClient(address: TargetAddress, options: ClientOptions): TargetClient {
  const { timeout = 60_000, pauses = [500, 2_000], headers = {}, reasonOf } = options;
  let requests = 0;

  async function once(request: TargetRequest): Promise<TargetAnswer> {
    requests += 1;
    return exchange(
      address,
      { ...request, headers: { ...headers, ...request.headers } },
      { timeout, answer: mostOfAnswer },
    );
  }

  /** Reading may be tried again after anything; writing only where the server says that it did nothing yet. */
  async function patiently(request: TargetRequest): Promise<TargetAnswer> {
    for (const pause of pauses) {
      try {
        const answer = await once(request);
        const again = request.method === 'GET' ? busy.includes(answer.status) : answer.status === 429;
        if (!again) return answer;
      } catch (error) {
        const passing = error instanceof Failure && ['target-unreachable', 'target-timeout'].includes(error.code);
        if (request.method !== 'GET' || !passing) throw error;
      }
      await sleep(pause);
    }
    return once(request);
  }

  return {
    address,
    requests: () => requests,
    async send(request, accept = []) {
      const answer = await patiently(request);
      const { value, text } = jsonOf(answer, request, address);
      if ((answer.status >= 200 && answer.status < 300) || accept.includes(answer.status)) {
        return { status: answer.status, value, text };
      }
      throw refusal(answer.status, request, address, reasonOf(value));
    },
  };
}

function jsonOf(
  { status, headers, bytes }: TargetAnswer,
  request: TargetRequest,
  address: TargetAddress,
): Pick<JsonAnswer, 'value' | 'text'> {
  const what = `${requestText(request)} at ${address.shown}`;
  if (status >= 300 && status < 400) {
    throw new Failure(
      'target-answer-invalid',
      `${what} was redirected (HTTP ${status}), and a password follows nowhere.`,
      {
        help: 'Give the address that the server has now.',
      },
    );
  }
  // What a refusal repeats of a request may be who asked.
  const text = status >= 400 ? withoutSecrets(bytes.toString('utf8'), address.secrets) : bytes.toString('utf8');
  if (text === '') return { value: undefined, text };
  try {
    const value: Value = JSON.parse(text);
    return { value, text };
  } catch {
    // A proxy answers in HTML; what it says of itself is in its status.
    if (status >= 400) return { value: undefined, text };
    const type = safe(String(headers['content-type'] ?? 'no type'));
    throw new Failure('target-answer-invalid', `${what} was answered with something else than JSON (${type}).`, {
      help: 'Look whether the address leads to the server, and not to a proxy or a sign-in page.',
    });
  }
}

function refusal(status: number, request: TargetRequest, address: TargetAddress, reason: string | undefined): Failure {
  const what = `${requestText(request)} at ${address.shown}`;
  const why = reason === undefined ? '' : `: ${safe(reason, 1000)}`;
  if (status === 401) return new Failure('target-unauthorised', `${what}: HTTP 401${why}.`);
  if (status === 403) return new Failure('target-forbidden', `${what}: HTTP 403${why}.`);
  if (status >= 500) return new Failure('target-failed', `${what}: HTTP ${status}${why}.`);
  return new Failure('target-refused', `${what}: HTTP ${status}${why}.`);
}
