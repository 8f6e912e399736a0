import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { assetRoutes, leaveStarter, uploadRoute } from './asset-routes.ts';
import { readJson, readUpload } from './body.ts';
import { type Exchange, type Reply, type Route, refused } from './exchange.ts';
import { type Ending, endingAfter, endingBefore, type Fault, interfere, isDeadly } from './faults.ts';
import { releaseOf, releaseRoutes } from './release-routes.ts';
import { repositoryRoutes } from './repository-routes.ts';
import { schemaProblem } from './schema.ts';
import { settingsRoutes } from './settings-routes.ts';
import { frozenCopy, type RepositoryState } from './state.ts';
import { answerStorage, type StorageFault } from './storage.ts';
import type { Hosts } from './wire.ts';

/** What a server is made with. */
export interface GitHubOptions {
  /** Token to what it may do; any other is refused, none reads what is public. */
  readonly tokens: Readonly<Record<string, 'write' | 'read'>>;
  /** As on GitHub Enterprise Server: `/api/v3`, `/api/uploads`. */
  readonly enterprise?: boolean;
  readonly digests?: boolean;
  /**
   * References of one page of `matching-refs`. By default all of them come at once, as on github.com, where `per_page`
   * has no effect (google/go-github#3924, github/docs#3863); the description's `Link` header allows for pages.
   */
  readonly refsAtOnce?: number;
  /** Name that the repository had before: `owner/name`. */
  readonly formerly?: string;
  readonly now?: () => Date;
  /** How clients name the hosts, where a proxy leads them there. */
  readonly hosts?: Hosts;
  /** Told after every change, and by whose token: an observer judges each moment. */
  readonly onChange?: (repository: RepositoryState, token: string) => void;
  /**
   * Waited for where a fault is an act of the test: a second runner, before the request has any effect; the death of a
   * runner, before the connection ends.
   */
  readonly onFault?: (fault: Fault) => Promise<void>;
  /** How far away it is: milliseconds from the end of a request to the begin of its answer. */
  readonly latency?: number;
  /** How slowly it takes uploads: milliseconds after each piece. */
  readonly crawl?: number;
}

/** A request that arrived, as the tests count them. */
interface Arrived {
  readonly method: string;
  readonly template: string;
  readonly token: string;
  status: number | 'reset' | 'silence';
  /** Milliseconds of one clock: when it came, and when it was answered. */
  readonly began: number;
  ended: number;
}

/** A loopback GitHub for one repository. */
export interface GitHubServer {
  readonly apiUrl: string;
  /** Where the parts really listen. */
  readonly here: Hosts;
  readonly repository: RepositoryState;
  readonly requests: Arrived[];
  /** Addresses that were asked for at the storage host. */
  readonly downloads: string[];
  /** By the number of the request, from 0. */
  readonly faults: Map<number, Fault>;
  /** For the downloads to come, in their order. */
  readonly storageFaults: StorageFault[];
  /** What no test may cause: a body that is not as GitHub describes it, a token at the storage host. */
  readonly problems: string[];
  close(): Promise<void>;
}

const routes: readonly Route[] = [...releaseRoutes, ...assetRoutes, ...repositoryRoutes, ...settingsRoutes];
const listing = ['/repos/{owner}/{repo}/releases', '/repos/{owner}/{repo}/releases/tags/{tag}'];
const staleReads = 3;

/** Starts the API, the upload host and the storage host, each on a port of its own. */
export async function startGitHub(repository: RepositoryState, options: GitHubOptions): Promise<GitHubServer> {
  const requests: Arrived[] = [];
  const faults = new Map<number, Fault>();
  const storageFaults: StorageFault[] = [];
  const problems: string[] = [];
  const downloads: string[] = [];
  const dead = new Set<string>();
  let stale: { left: number; readonly copy: RepositoryState } | undefined;
  const now = options.now ?? (() => new Date());
  const api = createServer((request, response) => void handle(request, response, routes, apiBase));
  const uploads = createServer((request, response) => void handle(request, response, [uploadRoute], uploadBase));
  const storage = createServer((request, response) => {
    const { authorization, cookie, ...headers } = request.headers;
    const secret = Object.keys(options.tokens).some((token) => JSON.stringify(headers).includes(token));
    if (authorization !== undefined || cookie !== undefined || secret)
      problems.push('a token reached the storage host');
    downloads.push(request.url ?? '');
    answerStorage(request, response, repository, storageFaults.shift());
  });
  const [apiBase, uploadBase] = options.enterprise === true ? ['/api/v3', '/api/uploads'] : ['', ''];
  const [first, second, third] = [await listen(api), await listen(uploads), await listen(storage)];
  const here: Hosts = { api: first + apiBase, uploads: second + uploadBase, storage: third, web: first };
  const hosts = options.hosts ?? here;

  async function handle(
    request: IncomingMessage,
    response: ServerResponse,
    table: readonly Route[],
    base: string,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', first);
    const path = canonical(url.pathname.slice(base.length), repository);
    const token = /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const [route, params] = matched(table, request.method ?? '', path);
    const arrived: Arrived = {
      method: request.method ?? '',
      template: route?.template ?? path,
      token,
      status: 'reset',
      began: performance.now(),
      ended: Number.NaN,
    };
    const fault = faults.get(requests.length);
    requests.push(arrived);
    if (dead.has(token)) return void response.destroy();
    if (isDeadly(fault)) dead.add(token);
    const upload = table.includes(uploadRoute)
      ? await readUpload(request, fault === 'truncated', options.crawl)
      : undefined;
    const body = table.includes(uploadRoute) ? {} : await readJson(request);
    if (options.latency !== undefined) await setTimeout(options.latency);
    // The client died before it had asked.
    if (body === undefined) return void response.destroy();
    const old =
      stale !== undefined && listing.includes(route?.template ?? '') && request.method === 'GET' ? stale : undefined;
    if (old !== undefined && --old.left === 0) stale = undefined;
    const access = options.tokens[token] ?? 'read';
    const exchange: Exchange = {
      repository: old?.copy ?? repository,
      hosts,
      view: { digests: options.digests ?? true },
      access,
      params,
      query: url.searchParams,
      accept: request.headers.accept ?? '',
      body,
      upload,
      refsAtOnce: options.refsAtOnce,
      now,
    };
    if (fault === 'stale') stale = { left: staleReads, copy: frozenCopy(repository) };
    const end = async (ending: Ending): Promise<void> => {
      arrived.status = typeof ending === 'string' ? ending : ending.status;
      arrived.ended = performance.now();
      if (fault !== undefined && isDeadly(fault)) await options.onFault?.(fault);
      finish(response, ending);
    };
    interfere(fault, exchange);
    if (fault === 'second-runner') await options.onFault?.(fault);
    const release = releaseOf(exchange);
    if (table.includes(uploadRoute) && upload === undefined && release !== undefined) {
      // The client went away in the middle of it.
      leaveStarter(exchange, release);
      options.onChange?.(repository, token);
      return await end('reset');
    }
    const before = endingBefore(fault, exchange) ?? refusal(exchange, token, request, path, options);
    options.onChange?.(repository, token);
    if (before !== undefined) return await end(before);
    if (route === undefined) return await end(refused(404, 'Not Found'));
    const reply = route.answer(exchange);
    if (request.method !== 'GET') options.onChange?.(repository, token);
    judge(route, table.includes(uploadRoute) ? undefined : body, reply);
    await end(endingAfter(fault) ?? reply);
  }

  function judge({ method, template }: Route, body: unknown, reply: Reply): void {
    const known = template.replaceAll('+}', '}');
    const found = [
      body === undefined || method === 'GET' || method === 'DELETE'
        ? undefined
        : schemaProblem(method, known, 'request', body),
      reply.status === 204 || reply.status === 302 ? undefined : schemaProblem(method, known, reply.status, reply.body),
    ];
    problems.push(...found.filter((problem) => problem !== undefined));
  }

  return {
    apiUrl: hosts.api,
    here,
    repository,
    requests,
    downloads,
    faults,
    storageFaults,
    problems,
    close: async () => {
      await Promise.all([api, uploads, storage].map(stop));
    },
  };
}

/** What a token, an archive or an old name forbids. */
function refusal(
  { repository, hosts, access }: Exchange,
  token: string,
  { method, url }: IncomingMessage,
  path: string,
  { tokens, formerly }: GitHubOptions,
): Reply | undefined {
  if (token !== '' && tokens[token] === undefined) return refused(401, 'Bad credentials');
  if (path === '/rate_limit') return undefined;
  if (repository.quota.remaining === 0) {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(repository.quota.reset) };
    return refused(403, 'API rate limit exceeded', headers);
  }
  if (formerly !== undefined && path.startsWith(`/repos/${formerly}`)) {
    const [rest = ''] = (url ?? '').split(`/repos/${formerly}`).slice(1);
    return refused(method === 'GET' ? 301 : 307, 'Moved Permanently', {
      location: `${hosts.api}/repositories/1${rest}`,
    });
  }
  if (!path.startsWith(`/repos/${repository.owner}/${repository.name}`)) return refused(404, 'Not Found');
  if (token === '' && repository.private) return refused(404, 'Not Found');
  if (method === 'GET') return undefined;
  if (token === '') return refused(401, 'Requires authentication');
  if (repository.archived) return refused(403, 'Repository was archived so is read-only.');
  if (access === 'write') return undefined;
  return refused(403, 'Resource not accessible by integration', { 'x-accepted-github-permissions': 'contents=write' });
}

function canonical(path: string, { owner, name }: RepositoryState): string {
  return path.replace(/^\/repositories\/1(?=\/|$)/, `/repos/${owner}/${name}`);
}

const patterns = new Map<string, RegExp>();

function patternOf(template: string): RegExp {
  const text = template.replaceAll(/\{(\w+)(\+?)\}/g, (_, name: string, more: string) => {
    return `(?<${name}>${more === '+' ? '.+' : '[^/]+'})`;
  });
  const pattern = patterns.get(template) ?? new RegExp(`^${text}$`);
  patterns.set(template, pattern);
  return pattern;
}

function matched(table: readonly Route[], method: string, path: string): [Route | undefined, Record<string, string>] {
  for (const route of table) {
    const match = route.method === method ? patternOf(route.template).exec(path) : null;
    if (match === null) continue;
    const decoded = Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
    return [route, Object.fromEntries(decoded)];
  }
  return [undefined, {}];
}

function finish(response: ServerResponse, ending: Ending): void {
  if (ending === 'silence') return;
  if (ending === 'reset') return void response.destroy();
  const { status, body, headers = {} } = ending;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-github-request-id': 'T:1',
    ...headers,
  });
  response.end(body === undefined ? undefined : text);
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
}
