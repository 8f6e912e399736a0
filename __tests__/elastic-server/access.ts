import { type Reply, refused } from './exchange.ts';
import { fits, type JsonObject } from './json.ts';
import { grantingCluster, grantingIndex, isIndexAction } from './privileges.ts';
import type { ServerVersion } from './version.ts';

/** Who may ask, and what of it they may do. */
export interface Account {
  readonly name: string;
  readonly password?: string;
  /** An API key as it is sent: base64 of `id:secret`. */
  readonly apiKey?: string;
  readonly roles?: readonly string[];
  /** Cluster privileges: `all`, `manage_ml`, … */
  readonly cluster: readonly string[];
  readonly indices?: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[];
}

/** Who asks. Undefined account: the security is off. */
export interface Caller {
  readonly account: Account | undefined;
  readonly by: 'basic' | 'api-key' | 'nobody';
}

/** One who may do everything. */
export const superuser: Account = {
  name: 'elastic',
  password: 'loopback-password',
  roles: ['superuser'],
  cluster: ['all'],
  indices: [{ names: ['*'], privileges: ['all'] }],
};

const schemes = ['Basic realm="security" charset="UTF-8"', 'Bearer realm="security"', 'ApiKey'];

/** Who asks by a header `Authorization`, or the 401 that answers it (7.13.0's body: elastic/go-elasticsearch#279). */
export function callerOf(
  header: string | undefined,
  path: string,
  accounts: readonly Account[] | undefined,
): Caller | Reply {
  if (accounts === undefined) return { account: undefined, by: 'nobody' };
  const [scheme = '', secret = ''] = (header ?? '').split(' ');
  if (scheme === '') return unauthorised(`missing authentication credentials for REST request [${path}]`);
  if (scheme.toLowerCase() === 'apikey') {
    const account = accounts.find(({ apiKey }) => apiKey === secret);
    if (account !== undefined) return { account, by: 'api-key' };
    return unauthorised('unable to authenticate with provided credentials and anonymous access is not allowed');
  }
  const [name = '', ...rest] = Buffer.from(secret, 'base64').toString('utf8').split(':');
  const password = rest.join(':');
  const account = accounts.find((known) => known.name === name && known.password === password);
  if (scheme.toLowerCase() === 'basic' && account !== undefined) return { account, by: 'basic' };
  return unauthorised(`unable to authenticate user [${name}] for REST request [${path}]`);
}

/** The 401 of Elasticsearch. */
export function unauthorised(reason: string): Reply {
  const header = { 'WWW-Authenticate': schemes };
  return refused(401, { type: 'security_exception', reason, header }, { 'www-authenticate': schemes.join(', ') });
}

/** The 403 that an action gets, or undefined where it is allowed. `names` are the indices of an index action. */
export function forbidden(
  caller: Caller,
  action: string,
  names: readonly string[],
  version: ServerVersion,
): Reply | undefined {
  const { account } = caller;
  if (account === undefined) return undefined;
  if (!isIndexAction(action)) {
    const granting = grantingCluster(action);
    return account.cluster.some((held) => granting.includes(held))
      ? undefined
      : unauthorisedAction(caller, action, '', 'cluster', granting, version);
  }
  const granting = grantingIndex(action);
  const closed = names.filter((name) => !mayOn(account, name, granting));
  if (closed.length === 0) return undefined;
  return unauthorisedAction(caller, action, ` on indices [${closed.join(',')}]`, 'index', granting, version);
}

/** Whether an account holds, for an index, one of some privileges. */
export function mayOn(account: Account, name: string, granting: readonly string[]): boolean {
  return (account.indices ?? []).some(
    ({ names, privileges }) =>
      names.some((pattern) => fits(name, pattern)) && privileges.some((held) => granting.includes(held)),
  );
}

/** How the server names who asks. */
function callerName({ account, by }: Caller, version: ServerVersion): string {
  const name = account?.name ?? '_anonymous';
  if (by === 'api-key') return `API key id [${apiKeyId(account)}] of user [${name}]`;
  const roles = version.types ? 'roles' : 'effective roles';
  return version.namesPrivileges
    ? `user [${name}] with ${roles} [${(account?.roles ?? []).join(',')}]`
    : `user [${name}]`;
}

/** The id in an API key. */
export function apiKeyId(account: Account | undefined): string {
  return (
    Buffer.from(account?.apiKey ?? '', 'base64')
      .toString('utf8')
      .split(':')[0] ?? ''
  );
}

function unauthorisedAction(
  caller: Caller,
  action: string,
  where: string,
  kind: 'cluster' | 'index',
  granting: readonly string[],
  version: ServerVersion,
): Reply {
  const granted = version.namesPrivileges
    ? `, this action is granted by the ${kind} privileges [${granting.join(',')}]`
    : '';
  const reason = `action [${action}] is unauthorized for ${callerName(caller, version)}${where}${granted}`;
  return refused(403, { type: 'security_exception', reason } satisfies JsonObject);
}
