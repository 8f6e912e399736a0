import { acknowledged, bodyOf, type Exchange, type Reply, type Route, refusal } from './exchange.ts';
import { checkKeys } from './job-shape.ts';
import { fits, isObject, type JsonObject, listOr } from './json.ts';

const list = '/_enrich/policy';
const template = `${list}/{name}`;
const admin = 'cluster:admin/xpack/enrich';
const executing = { action: `${admin}/execute`, query: ['wait_for_completion'], answer: execute };

/** Enrich policies. No real server answers these here: shapes and words are those of Elasticsearch's sources. */
export const enrichRoutes: readonly Route[] = [
  { method: 'GET', template: list, action: `${admin}/get`, answer: readPolicies },
  { method: 'GET', template, action: `${admin}/get`, answer: readPolicies },
  { method: 'PUT', template, action: `${admin}/put`, answer: putPolicy },
  { method: 'DELETE', template, action: `${admin}/delete`, answer: deletePolicy },
  { method: 'PUT', template: `${template}/_execute`, ...executing },
  { method: 'POST', template: `${template}/_execute`, ...executing },
];

const sorts = ['match', 'geo_match', 'range'];

function sortOf(body: JsonObject): string {
  return sorts.find((sort) => isObject(body[sort])) ?? '';
}

function putPolicy(exchange: Exchange): Reply {
  const { stack, params } = exchange;
  const name = params['name'] ?? '';
  const body = bodyOf(exchange);
  if (name !== name.toLowerCase() || /[\s"*,/\\<>?|#:]/.test(name) || /^[_+-]/.test(name)) {
    const reason = `Invalid policy name [${name}], must be lowercase and hold no special characters`;
    throw refusal(400, 'invalid_policy_name_exception', reason);
  }
  const sort = sortOf(body);
  if (sort === '' || Object.keys(body).length !== 1)
    throw refusal(400, 'parsing_exception', `unexpected token, expected one of [${sorts.join(', ')}]`);
  const policy = body[sort] as JsonObject;
  checkKeys('policy', policy, ['name', 'query', 'indices', 'match_field', 'enrich_fields', 'elasticsearch_version']);
  for (const key of ['indices', 'match_field', 'enrich_fields'])
    if (policy[key] === undefined) throw refusal(400, 'illegal_argument_exception', `Required [${key}]`);
  if (stack.enrichPolicies.has(name))
    throw refusal(400, 'resource_already_exists_exception', `policy [${name}] already exists`);
  const config = { [sort]: { ...policy, name, indices: [policy['indices'] ?? []].flat() } };
  stack.enrichPolicies.set(name, { config, executed: false });
  return acknowledged;
}

/** Names that are not there are left out, one by one. */
function readPolicies({ stack, params }: Exchange): Reply {
  const names = params['name']?.split(',') ?? [...stack.enrichPolicies.keys()];
  const policies = names.flatMap((name) => {
    const found = stack.enrichPolicies.get(name);
    return found === undefined ? [] : [{ config: found.config }];
  });
  return { status: 200, body: { policies } };
}

function execute({ stack, params }: Exchange): Reply {
  const name = params['name'] ?? '';
  const found = stack.enrichPolicies.get(name);
  if (found === undefined) throw refusal(400, 'illegal_argument_exception', `policy [${name}] does not exists`);
  const policy = found.config[sortOf(found.config)] as JsonObject;
  for (const index of listOr(policy['indices'])) {
    const there = [...stack.indices.keys()].some((each) => fits(each, String(index)));
    if (!there) throw refusal(404, 'index_not_found_exception', `no such index [${String(index)}]`);
  }
  stack.enrichPolicies.set(name, { ...found, executed: true });
  return { status: 200, body: { status: { phase: 'COMPLETE' } } };
}

async function deletePolicy({ stack, params, pipelines }: Exchange): Promise<Reply> {
  const name = params['name'] ?? '';
  if (!stack.enrichPolicies.has(name)) throw refusal(404, 'resource_not_found_exception', `policy [${name}] not found`);
  const users = [...(await pipelines())].filter(([, body]) => JSON.stringify(body).includes(`"policy_name":"${name}"`));
  if (users.length > 0) {
    const ids = users.map(([id]) => id).join(', ');
    const reason = `Could not delete policy [${name}] because a pipeline is referencing it [${ids}]`;
    throw refusal(409, 'status_exception', reason);
  }
  stack.enrichPolicies.delete(name);
  return acknowledged;
}
