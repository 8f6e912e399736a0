import { apiKeyId, mayOn, superuser } from './access.ts';
import { bodyOf, type Exchange, type Reply, type Route } from './exchange.ts';
import { fits, type Json, listOr, objectOr } from './json.ts';
import { covers } from './privileges.ts';

/** Who asks, and what of a list he may do. */
export const securityRoutes: readonly Route[] = [
  { method: 'GET', template: '/_security/_authenticate', answer: authenticate },
  { method: 'POST', template: '/_security/user/_has_privileges', answer: hasPrivileges },
  { method: 'GET', template: '/_security/user/_has_privileges', answer: hasPrivileges },
];

function authenticate({ caller, version }: Exchange): Reply {
  const { account, by } = caller;
  const name = account?.name ?? '_anonymous';
  const body = {
    username: name,
    roles: [...(account?.roles ?? [])],
    full_name: null,
    email: null,
    metadata: {},
    enabled: true,
    authentication_realm: {
      name: by === 'api-key' ? '_es_api_key' : 'reserved',
      type: by === 'api-key' ? '_es_api_key' : 'reserved',
    },
    lookup_realm: { name: 'reserved', type: 'reserved' },
    ...(version.types ? {} : { authentication_type: by === 'api-key' ? 'api_key' : 'realm' }),
    ...(by === 'api-key' ? { api_key: { id: apiKeyId(account), name: 'loopback' } } : {}),
  };
  return { status: 200, body };
}

function hasPrivileges(exchange: Exchange): Reply {
  const asked = bodyOf(exchange);
  const account = exchange.caller.account ?? superuser;
  const cluster = listOr(asked['cluster']).map((privilege): [string, boolean] => [
    String(privilege),
    covers(account.cluster, String(privilege), 'cluster'),
  ]);
  const index: Record<string, Record<string, boolean>> = {};
  for (const entry of listOr(asked['index'])) {
    const { names, privileges } = objectOr(entry);
    for (const name of texts(names)) {
      const held = (account.indices ?? [])
        .filter((grant) => grant.names.some((pattern) => fits(name, pattern)))
        .flatMap((grant) => grant.privileges);
      const answers = texts(privileges).map((privilege): [string, boolean] => [
        privilege,
        mayOn(account, name, [privilege, 'all']) || covers(held, privilege, 'index'),
      ]);
      index[name] = { ...index[name], ...Object.fromEntries(answers) };
    }
  }
  const all = [...cluster.map(([, held]) => held), ...Object.values(index).flatMap((row) => Object.values(row))];
  const body = {
    username: account.name,
    has_all_requested: all.every((held) => held),
    cluster: Object.fromEntries(cluster),
    index,
    application: {},
  };
  return { status: 200, body };
}

function texts(value: Json | undefined): string[] {
  return (typeof value === 'string' ? [value] : listOr(value)).map(String);
}
