import { GitHub, getOctokitOptions } from '@actions/github/lib/utils';
import { isArray, member, type Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { errnoOf, Failure } from '../../errors.ts';
import type { Answer, ApiRequest } from './answer.ts';
import { openFetch } from './fetch.ts';

/** One client of the API for one token. */
export interface Connection {
  /** Base of the API, without a slash at its end. */
  readonly base: string;
  /** Headers of a request that goes past octokit: uploads and downloads. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * One exchange, tried once; redirects are answers too.
   * @throws Failure `github-unreachable`: whether the request had an effect is not known
   */
  send(request: ApiRequest): Promise<Answer>;
}

/** GitHub asks for a name; the version of the API that this was written for. */
const common = { 'user-agent': 'ml-detection-release', 'x-github-api-version': '2022-11-28' };
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Connects by octokit, through the proxy of the environment.
 * @param timeout milliseconds until an answer must be there whole
 */
export function connect(base: string, token: string | undefined, timeout: number): Connection {
  const settings = { baseUrl: base, userAgent: common['user-agent'], log: silent, request: { fetch: openFetch() } };
  const octokit = new GitHub(token === undefined ? settings : getOctokitOptions(token, settings));
  return {
    base,
    headers: token === undefined ? common : { ...common, authorization: `token ${token}` },
    send: async ({ method, path, body }) => {
      const request = { redirect: 'manual', signal: AbortSignal.timeout(timeout), log: silent } as const;
      const headers = { 'x-github-api-version': common['x-github-api-version'] };
      const url = path.startsWith('/') ? `${base}${path}` : path;
      const options = { method, url, headers, request, ...(body === undefined ? {} : { data: body }) };
      const found = await octokit.request(options).catch((error: unknown) => answered(error, method, path));
      const data: unknown = found.data;
      const value = isJson(found.headers['content-type']) ? jsonOf(data) : undefined;
      return { status: found.status, headers: textual(found.headers), body: value, said: saidBy(value, token) };
    },
  };
}

interface Response {
  readonly status: number;
  readonly headers: object & { readonly 'content-type'?: string };
  readonly data: unknown;
}

/** The response that octokit threw; an error without one is a request that got lost. */
function answered(error: unknown, method: string, path: string): Response {
  if (error instanceof Error && 'response' in error && isResponse(error.response)) return error.response;
  // The error itself holds the request, headers and all: only the reason is taken from it.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  throw unreachable(`${method} ${path.split('?')[0]}`, cause);
}

/** What became of a request is not known. */
export function unreachable(what: string, cause: unknown): Failure {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const reason = errnoOf(inner) ?? (inner instanceof Error ? inner.message : 'no answer');
  return new Failure('github-unreachable', `${safe(what)}: ${safe(reason)}.`);
}

function isResponse(value: unknown): value is Response {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value && 'data' in value;
}

function isJson(type: string | undefined): boolean {
  return type !== undefined && /^application\/(?:[\w.+-]+\+)?json\b/i.test(type);
}

/** A text is a body that octokit could not read as JSON. */
function jsonOf(data: unknown): Value | undefined {
  return typeof data === 'object' ? (data as Value) : undefined;
}

function textual(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** The message of an error and those of its fields. */
export function saidBy(body: Value | undefined, token: string | undefined): string {
  const errors = member(body, 'errors');
  const fields = (isArray(errors) ? errors : []).map((error) =>
    ['field', 'code', 'message']
      .map((key) => member(error, key))
      .filter((part) => typeof part === 'string')
      .join(' '),
  );
  const message = member(body, 'message');
  const text = [typeof message === 'string' ? message.trim() : '', ...fields].filter((part) => part !== '').join('; ');
  return safe((token === undefined ? text : text.replaceAll(token, '***')).replace(/\s+/g, ' '));
}

function nothing(): undefined {
  return undefined;
}
