import { acknowledged, bodyOf, type Exchange, type Reply, type Route, refusal } from './exchange.ts';
import { at, type JsonObject, objectOr, without } from './json.ts';
import { compileRefusal } from './painless.ts';

const put = { action: 'cluster:admin/script/put', answer: putScript };

/** Stored scripts. Answers were compared with those of a real 7.10.2. */
export const scriptRoutes: readonly Route[] = [
  { method: 'PUT', template: '/_scripts/{id}', ...put, query: ['context'] },
  { method: 'POST', template: '/_scripts/{id}', ...put, query: ['context'] },
  { method: 'PUT', template: '/_scripts/{id}/{context}', ...put },
  { method: 'POST', template: '/_scripts/{id}/{context}', ...put },
  { method: 'GET', template: '/_scripts/{id}', action: 'cluster:admin/script/get', answer: readScript },
  { method: 'DELETE', template: '/_scripts/{id}', action: 'cluster:admin/script/delete', answer: deleteScript },
  {
    method: 'GET',
    template: '/_cluster/state/metadata',
    action: 'cluster:monitor/state',
    answer: ({ stack }) => ({ status: 200, body: { metadata: { stored_scripts: Object.fromEntries(stack.scripts) } } }),
  },
];

const contexts = `ingest update score filter field template aggs aggs_init aggs_map aggs_combine aggs_reduce
  ingest_template`.split(/\s+/);

function putScript(exchange: Exchange): Reply {
  const { stack, params, query } = exchange;
  const id = params['id'] ?? '';
  const context = params['context'] ?? query.get('context') ?? undefined;
  const body = bodyOf(exchange);
  if (id.includes('#')) {
    const reason = "Validation Failed: 1: id cannot contain '#' for stored script;";
    throw refusal(400, 'action_request_validation_exception', reason);
  }
  const [other] = Object.keys(body).filter((key) => key !== 'script');
  if (other !== undefined || body['script'] === undefined) {
    const reason = `unexpected field [${other ?? ''}], expected [script]`;
    throw refusal(400, 'parsing_exception', reason, { line: 1, col: 2 });
  }
  const { lang, source } = objectOr(body['script']);
  const wrong = (reason: string): never => {
    throw refusal(400, 'illegal_argument_exception', reason);
  };
  if (lang === undefined) wrong('must specify lang for stored script');
  if (typeof source !== 'string') return wrong('must specify source for stored script');
  if (lang !== 'painless' && lang !== 'mustache' && lang !== 'expression')
    wrong(`unable to put stored script with unsupported lang [${String(lang)}]`);
  if (context !== undefined) {
    const problem = contexts.includes(context) ? compileRefusal(source) : unknownContext(id, context);
    if (problem !== undefined) throw problem;
  }
  const options = objectOr(at(body, 'script', 'options'));
  const script = objectOr(body['script']);
  stack.scripts.set(id, Object.keys(options).length === 0 ? without(script, ['options']) : script);
  return acknowledged;
}

function unknownContext(id: string, context: string): ReturnType<typeof refusal> {
  const cause: JsonObject = { type: 'illegal_argument_exception', reason: `Unknown context [${context}]` };
  return refusal(400, 'illegal_argument_exception', `failed to parse/compile stored script [${id}]`, {}, cause);
}

function readScript({ stack, params }: Exchange): Reply {
  const id = params['id'] ?? '';
  const script = stack.scripts.get(id);
  if (script === undefined) return { status: 404, body: { _id: id, found: false } };
  return { status: 200, body: { _id: id, found: true, script } };
}

function deleteScript({ stack, params }: Exchange): Reply {
  const id = params['id'] ?? '';
  if (!stack.scripts.delete(id)) {
    const reason = `stored script [${id}] does not exist and cannot be deleted`;
    throw refusal(404, 'resource_not_found_exception', reason);
  }
  return acknowledged;
}
