import { type Account, callerOf, forbidden, superuser } from './access.ts';
import { analyticsRoutes } from './analytics-routes.ts';
import { clusterRoutes } from './cluster-routes.ts';
import { datafeedRoutes } from './datafeed-routes.ts';
import { documentRoutes } from './document-routes.ts';
import { enrichRoutes } from './enrich-routes.ts';
import { type Exchange, Refusal, type Reply, type Route, refusal, refused } from './exchange.ts';
import { filtered } from './filter-path.ts';
import type { GoldenRows } from './golden.ts';
import { indexRoutes } from './index-routes.ts';
import { jobRoutes } from './job-routes.ts';
import { fits, type Json, type JsonObject } from './json.ts';
import { legacyTemplateRoutes } from './legacy-template-routes.ts';
import type { Incoming } from './loopback.ts';
import { licenceProblem, modelRoutes } from './model-routes.ts';
import { CannotRun, type Program } from './painless.ts';
import { pipelineRoutes } from './pipeline-routes.ts';
import { allowedMethods, type Match, matched, unknownParameter } from './router.ts';
import { scriptRoutes } from './script-routes.ts';
import { securityRoutes } from './security-routes.ts';
import { simulateRoutes } from './simulate-routes.ts';
import { newStack, type Stack } from './stack.ts';
import { templateRoutes } from './template-routes.ts';
import { transformRoutes } from './transform-routes.ts';
import { serverVersion } from './version.ts';

/** What a stand-in for Elasticsearch is made with. */
export interface StandInOptions {
  /** Version that it says it is, and behaves as; 8.17.2 by default. */
  readonly version?: string;
  /** Those who may ask; `superuser` alone by default. `off`: nobody is asked who he is. */
  readonly accounts?: readonly Account[] | 'off';
  /** What is on it from the start. */
  readonly stack?: Stack;
  /** Golden predictions by model id, from which `inference` answers. */
  readonly golden?: GoldenRows;
  /** Scripts and conditions beside those of our bundles that it can run, by their sources. */
  readonly programs?: Readonly<Record<string, Program>>;
  /** Where pipelines are read from, when a real node has them. */
  readonly pipelines?: () => Promise<ReadonlyMap<string, JsonObject>>;
  readonly now?: () => Date;
}

/** A stand-in without a port. */
export interface StandIn {
  readonly stack: Stack;
  /** What it could not do, in words for the one who wrote the test. */
  readonly problems: string[];
  answer(request: Incoming): Promise<Reply>;
  /** The 401 or 403 of a request, whoever would answer it. */
  denied(request: Incoming): Reply | undefined;
}

/** Addresses of Elastic's own part, which OpenSearch does not have (measured on 2.19.1 for the first two). */
const elasticOnly = /^\/_(?:ml|xpack|license|security|transform|enrich)(?:\/|$)/;

const routes: readonly Route[] = [
  ...clusterRoutes,
  ...securityRoutes,
  ...modelRoutes,
  ...jobRoutes,
  ...datafeedRoutes,
  ...analyticsRoutes,
  ...transformRoutes,
  ...enrichRoutes,
  ...scriptRoutes,
  ...simulateRoutes,
  ...pipelineRoutes,
  ...templateRoutes,
  ...legacyTemplateRoutes,
  ...documentRoutes,
  ...indexRoutes,
];

/** Makes a stand-in. */
export function newStandIn(options: StandInOptions): StandIn {
  const stack = options.stack ?? newStack();
  const version = serverVersion(options.version ?? '8.17.2');
  const accounts = options.accounts === 'off' ? undefined : (options.accounts ?? [superuser]);
  const problems: string[] = [];

  function admission(request: Incoming): { match: Match<Route>; exchange: Exchange } | Reply {
    const { method, path, query } = request;
    const caller = callerOf(request.headers.authorization, path, accounts);
    if ('status' in caller) return caller;
    const match = matched(routes, method, path);
    // Where machine learning is switched off, its operations are not there.
    const elastics = version.opensearch && elasticOnly.test(path);
    const off = elastics || (!stack.machineLearning.enabled && path.startsWith('/_ml/'));
    if (match === undefined || off) return noRoute(method, path, off ? [] : allowedMethods(routes, path));
    const { route, params } = match;
    if (route.action !== undefined) {
      const names = route.indices === undefined ? [] : namesOf(params[route.indices] ?? '*', stack);
      const reply = forbidden(caller, route.action, names, version);
      if (reply !== undefined) return reply;
    }
    const exchange: Exchange = {
      stack,
      version,
      caller,
      method,
      path,
      params,
      query,
      body: undefined,
      pipelines: options.pipelines ?? (() => Promise.resolve(stack.pipelines)),
      golden: options.golden ?? {},
      programs: options.programs ?? {},
      now: options.now ?? (() => new Date()),
    };
    return { match, exchange };
  }

  async function answer(request: Incoming): Promise<Reply> {
    const admitted = admission(request);
    if ('status' in admitted) return admitted;
    const { match, exchange } = admitted;
    try {
      const body = bodyRead(request);
      const other = unknownParameter(match.route, request.query);
      if (other !== undefined) {
        const reason = `request [${request.path}] contains unrecognized parameter: [${other}]`;
        throw refusal(400, 'illegal_argument_exception', reason);
      }
      const licence = match.route.licensed === true ? licenceProblem(exchange) : undefined;
      if (licence !== undefined) throw licence;
      const reply = await match.route.answer({ ...exchange, body });
      const patterns = request.query.get('filter_path');
      return patterns === null ? reply : { ...reply, body: filtered(reply.body as Json, patterns) };
    } catch (error) {
      if (error instanceof Refusal) return refused(error.status, error.detail);
      if (!(error instanceof CannotRun)) throw error;
      problems.push(`${request.method} ${request.path}: ${error.message}`);
      return refused(500, { type: 'stand_in_cannot_run', reason: error.message });
    }
  }

  return {
    stack,
    problems,
    answer,
    denied: (request) => {
      const admitted = admission(request);
      return 'status' in admitted && [401, 403].includes(admitted.status) ? admitted : undefined;
    },
  };
}

/** The indices that a path names; patterns stand for those that are there. */
function namesOf(path: string, stack: Stack): string[] {
  return path.split(',').flatMap((name) => {
    if (!name.includes('*') && name !== '_all') return [name];
    return [...stack.indices.keys()].filter((id) => fits(id, name === '_all' ? '*' : name));
  });
}

/** The JSON of a request, or a refusal in the words of 7.10.2. */
function bodyRead({ bytes, headers }: Incoming): Json | undefined {
  if (bytes.length === 0) return undefined;
  const type = headers['content-type'] ?? '';
  if (!/^application\/(json|x-ndjson|vnd\.elasticsearch\+json)/.test(type)) throw new Unsupported(type);
  try {
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    const cause = { type: 'json_parse_exception', reason: 'the body is no JSON' };
    throw refusal(400, 'parse_exception', 'Failed to parse content to map', {}, cause);
  }
}

class Unsupported extends Refusal {
  constructor(type: string) {
    super(406, { type: 'media_type_header_exception', reason: `Content-Type header [${type}] is not supported` });
  }
}

function noRoute(method: string, path: string, allowed: readonly string[]): Reply {
  const head = `uri [${path}] and method [${method}]`;
  if (allowed.length === 0) return { status: 400, body: { error: `no handler found for ${head}` } };
  const error = `Incorrect HTTP method for ${head}, allowed: [${allowed.join(', ')}]`;
  return { status: 405, body: { error, status: 405 } };
}
