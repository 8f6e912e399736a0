import { type Account, callerOf, superuser } from '../elastic-server/access.ts';
import type { Reply } from '../elastic-server/exchange.ts';
import { type Incoming, type Loopback, type LoopbackOptions, startLoopback } from '../elastic-server/loopback.ts';
import { matched } from '../elastic-server/router.ts';
import { type KibanaExchange, KibanaRefusal, type KibanaRoute, kibanaError } from './exchange.ts';
import { ruleRoutes } from './rule-routes.ts';
import { savedObjectRoutes } from './saved-object-routes.ts';
import { spaceRoutes } from './space-routes.ts';
import { type KibanaState, newKibanaState } from './state.ts';

/** One who may ask Kibana: `all` where nothing else is said. */
export interface KibanaAccount extends Account {
  readonly kibana?: 'all' | 'read' | 'none';
}

/** What a server is made with. */
export interface KibanaOptions extends LoopbackOptions {
  /** 8.17.2 by default. */
  readonly version?: string;
  readonly accounts?: readonly KibanaAccount[];
  readonly state?: KibanaState;
  readonly now?: () => Date;
}

/** A loopback Kibana, of which nothing is real. */
export interface KibanaServer extends Loopback {
  readonly state: KibanaState;
}

const routes: readonly KibanaRoute[] = [...spaceRoutes, ...ruleRoutes, ...savedObjectRoutes];

/** Starts one on a port of its own. */
export async function startKibana(options: KibanaOptions = {}): Promise<KibanaServer> {
  const state = options.state ?? newKibanaState();
  const version = options.version ?? '8.17.2';
  const accounts: readonly KibanaAccount[] = options.accounts ?? [superuser];

  async function answer(request: Incoming): Promise<Reply> {
    const { method, query, headers, bytes } = request;
    const [, named = 'default', path = ''] = /^(?:\/s\/([^/]+))?(\/.*)$/.exec(request.path) ?? [];
    const caller = callerOf(headers.authorization, request.path, accounts);
    if ('status' in caller) return kibanaError(401, `[security_exception]: unable to authenticate for ${request.path}`);
    if (method !== 'GET' && method !== 'HEAD' && headers['kbn-xsrf'] === undefined)
      return kibanaError(400, 'Request must contain a kbn-xsrf header.');
    const space = state.spaces.get(decodeURIComponent(named));
    const match = matched(routes, method, path);
    const major = Number(version.split('.')[0]);
    if (space === undefined || match === undefined || major < (match.route.since ?? 0))
      return kibanaError(404, 'Not Found');
    const { account } = caller as { readonly account: KibanaAccount };
    const refused = denied(account, match.route);
    if (refused !== undefined) return refused;
    const exchange: KibanaExchange = {
      state,
      space,
      version,
      user: account.name,
      params: match.params,
      query,
      bytes,
      contentType: headers['content-type'] ?? '',
      now: options.now ?? (() => new Date()),
      cannot: (what) => void loopback.problems.push(`${method} ${request.path}: ${what}`),
    };
    try {
      return await match.route.answer(exchange);
    } catch (error) {
      if (error instanceof KibanaRefusal) return error.reply;
      throw error;
    }
  }

  const loopback = await startLoopback(
    {
      answer: (request, recorded) => {
        recorded.standIn = true;
        return answer(request);
      },
      wording: (status) => kibanaError(status, 'a fault of the test'),
      headers: { 'kbn-name': 'kibana', 'elastic-api-version': '2023-10-31' },
    },
    options,
  );
  return { ...loopback, state };
}

function denied({ kibana = 'all' }: KibanaAccount, { needs, method, template }: KibanaRoute): Reply | undefined {
  if (needs === 'none' || kibana === 'all' || (kibana === 'read' && needs === 'read')) return undefined;
  const what = `API [${method} ${template}] is unauthorized for user, this action is granted by the Kibana privileges`;
  return kibanaError(403, `${what} [securitySolution]`);
}
