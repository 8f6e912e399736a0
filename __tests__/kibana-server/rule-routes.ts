import { randomUUID } from 'node:crypto';
import type { Reply } from '../elastic-server/exchange.ts';
import { type JsonObject, listOr, without } from '../elastic-server/json.ts';
import {
  detectionError,
  jsonBody,
  type KibanaExchange,
  KibanaRefusal,
  type KibanaRoute,
  kibanaError,
} from './exchange.ts';
import { matchesFilter } from './rule-filter.ts';
import { importRules } from './rule-import.ts';
import { knownFields, ruleProblems } from './rule-shape.ts';
import { storedRule, unlicensed } from './stored-rule.ts';

const template = '/api/detection_engine/rules';

/** The rules of the detection engine. No real Kibana answers here: shapes are those of elastic.md §5. */
export const ruleRoutes: readonly KibanaRoute[] = [
  { method: 'GET', template, needs: 'read', answer: readRule },
  { method: 'POST', template, needs: 'all', answer: createRule },
  { method: 'PUT', template, needs: 'all', answer: replaceRule },
  { method: 'PATCH', template, needs: 'all', answer: patchRule },
  { method: 'DELETE', template, needs: 'all', answer: deleteRule },
  { method: 'GET', template: `${template}/_find`, needs: 'read', answer: findRules },
  { method: 'POST', template: `${template}/_import`, needs: 'all', answer: importRules },
  { method: 'POST', template: `${template}/_export`, needs: 'read', answer: exportRules },
  {
    method: 'GET',
    template: '/api/detection_engine/privileges',
    needs: 'none',
    answer: ({ user }) => ({ status: 200, body: { username: user, is_authenticated: true, has_encryption_key: true } }),
  },
];

/** The rule that a request names by `rule_id` or by `id`. */
function named({ space }: KibanaExchange, ruleId: unknown, id: unknown): [ruleId: string, rule: JsonObject] {
  if ((typeof ruleId === 'string') === (typeof id === 'string'))
    throw new KibanaRefusal(detectionError(400, 'either "id" or "rule_id" must be set, and not both'));
  const found =
    typeof ruleId === 'string'
      ? [...space.rules].find(([key]) => key === ruleId)
      : [...space.rules].find(([, rule]) => rule['id'] === id);
  if (found !== undefined) return found;
  const what = typeof ruleId === 'string' ? `rule_id: "${ruleId}"` : `id: "${String(id)}"`;
  throw new KibanaRefusal(detectionError(404, `${what} not found`));
}

function byQuery(exchange: KibanaExchange): [string, JsonObject] {
  const { query } = exchange;
  return named(exchange, query.get('rule_id') ?? undefined, query.get('id') ?? undefined);
}

function readRule(exchange: KibanaExchange): Reply {
  return { status: 200, body: byQuery(exchange)[1] };
}

function checked(rule: JsonObject, version: string): JsonObject {
  const problems = ruleProblems(rule, version);
  if (problems.length > 0)
    throw new KibanaRefusal(kibanaError(400, `[request body]: ${problems.slice(0, 3).join(', ')}`));
  return knownFields(rule);
}

function createRule(exchange: KibanaExchange): Reply {
  const { space, state } = exchange;
  const rule = checked(jsonBody(exchange), exchange.version);
  const id = String(rule['rule_id'] ?? randomUUID());
  if (space.rules.has(id)) return detectionError(409, `rule_id: "${id}" already exists`);
  if (rule['type'] === 'machine_learning' && !state.learns) return detectionError(403, unlicensed);
  const stored = storedRule({ ...rule, rule_id: id }, undefined, exchange);
  space.rules.set(id, stored);
  return { status: 200, body: stored };
}

function replaceRule(exchange: KibanaExchange): Reply {
  const body = jsonBody(exchange);
  const [id, before] = named(exchange, body['rule_id'], body['id']);
  const rule = { ...checked(without(body, ['id']), exchange.version), rule_id: id };
  const stored = storedRule(rule, before, exchange);
  exchange.space.rules.set(id, stored);
  return { status: 200, body: stored };
}

/** Changes the fields that are sent, and leaves the others as people have them. */
function patchRule(exchange: KibanaExchange): Reply {
  const body = jsonBody(exchange);
  const [id, before] = named(exchange, body['rule_id'], body['id']);
  const after = { ...knownFields(before), ...without(body, ['id', 'rule_id']), rule_id: id };
  const stored = storedRule(checked(after, exchange.version), before, exchange);
  exchange.space.rules.set(id, stored);
  return { status: 200, body: stored };
}

function deleteRule(exchange: KibanaExchange): Reply {
  const [id, rule] = byQuery(exchange);
  exchange.space.rules.delete(id);
  return { status: 200, body: rule };
}

function findRules({ space, query, cannot }: KibanaExchange): Reply {
  const [page, perPage] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 20)];
  if (!(page >= 1) || !(perPage >= 0 && perPage <= 10_000))
    return kibanaError(400, '[request query]: page: must be at least 1, per_page: must be 10000 at most');
  const filter = query.get('filter');
  const found = [...space.rules.values()].filter((rule) => filter === null || matchesFilter(filter, rule, cannot));
  const field = query.get('sort_field') ?? 'name';
  const down = query.get('sort_order') === 'desc';
  found.sort((a, b) => (String(a[field]) < String(b[field]) === down ? 1 : -1));
  const data = found.slice((page - 1) * perPage, page * perPage);
  return { status: 200, body: { page, perPage, total: found.length, data } };
}

function exportRules(exchange: KibanaExchange): Reply {
  const wanted = exchange.bytes.length === 0 ? undefined : listOr(jsonBody(exchange)['objects']);
  const ids = wanted?.map((one) => String((one as JsonObject)['rule_id'])) ?? [...exchange.space.rules.keys()];
  const rules = ids.flatMap((id) => exchange.space.rules.get(id) ?? []);
  const missing = ids.filter((id) => !exchange.space.rules.has(id)).map((id) => ({ rule_id: id }));
  const last = {
    exported_count: rules.length,
    exported_rules_count: rules.length,
    missing_rules: missing,
    missing_rules_count: missing.length,
  };
  const body = `${[...rules, last].map((line) => JSON.stringify(line)).join('\n')}\n`;
  return { status: 200, body, headers: { 'content-type': 'application/ndjson' } };
}
