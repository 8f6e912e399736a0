import { acknowledged, bodyOf, type Exchange, type Reply, type Route, refusal } from './exchange.ts';
import { at, fits, type JsonObject } from './json.ts';
import { checkPipeline } from './pipeline-check.ts';
import type { IndexState } from './stack.ts';

const template = '/_ingest/pipeline/{id}';
const read = { action: 'cluster:admin/ingest/pipeline/get', query: ['summary'], answer: readPipelines };

/** Ingest pipelines. Answers were compared with those of a real 7.10.2. */
export const pipelineRoutes: readonly Route[] = [
  { method: 'PUT', template, action: 'cluster:admin/ingest/pipeline/put', query: ['if_version'], answer: putPipeline },
  { method: 'GET', template: '/_ingest/pipeline', ...read },
  { method: 'GET', template, ...read },
  { method: 'DELETE', template, action: 'cluster:admin/ingest/pipeline/delete', answer: deletePipeline },
];

function putPipeline(exchange: Exchange): Reply {
  const { stack, version, params, query, path, body } = exchange;
  const id = params['id'] ?? '';
  const wanted = query.get('if_version');
  if (wanted !== null && !version.pipelineIfVersion) {
    const reason = `request [${path}] contains unrecognized parameter: [if_version]`;
    throw refusal(400, 'illegal_argument_exception', reason);
  }
  if (body === undefined) throw refusal(400, 'parse_exception', 'request body or source parameter is required');
  const pipeline = bodyOf(exchange);
  checkPipeline(id, pipeline, { scripts: stack.scripts, policies: stack.enrichPolicies, version });
  const before = stack.pipelines.get(id);
  if (wanted !== null && String(before?.['version'] ?? '') !== wanted) {
    const reason = `version conflict, required version [${wanted}] for pipeline [${id}] but current version is [${String(before?.['version'] ?? 'null')}]`;
    throw refusal(409, 'version_conflict_engine_exception', reason);
  }
  stack.pipelines.set(id, pipeline);
  return acknowledged;
}

function readPipelines({ stack, params }: Exchange): Reply {
  const asked = (params['id'] ?? '*').split(',');
  const found = [...stack.pipelines].filter(([id]) => asked.some((pattern) => fits(id, pattern)));
  return { status: found.length === 0 ? 404 : 200, body: Object.fromEntries(found) };
}

function deletePipeline({ stack, version, params }: Exchange): Reply {
  const asked = params['id'] ?? '';
  const ids = [...stack.pipelines.keys()].filter((id) => fits(id, asked));
  if (ids.length === 0 && !(asked === '*')) {
    throw refusal(404, 'resource_not_found_exception', `pipeline [${asked}] is missing`);
  }
  for (const id of version.guardsPipelines ? ids : []) refuseInUse(id, stack.indices);
  for (const id of ids) {
    for (const map of [stack.pipelines, stack.pipelineCounts, stack.processorCounts]) map.delete(id);
  }
  return acknowledged;
}

/** From 7.16 on a pipeline stays while an index has it as its default or final one. */
function refuseInUse(id: string, indices: ReadonlyMap<string, IndexState>): void {
  const users = (setting: string): string[] =>
    [...indices].filter(([, { settings }]) => at(settings, 'index', setting) === id).map(([name]) => name);
  const said = (['default', 'final'] as const).flatMap((kind) => {
    const names = users(`${kind}_pipeline`);
    if (names.length === 0) return [];
    return [`the ${kind} pipeline for ${names.length} index(es) including [${names.slice(0, 3).join(',')}]`];
  });
  if (said.length === 0) return;
  const reason = `pipeline [${id}] cannot be deleted because it is ${said.join(' and ')}`;
  throw refusal(400, 'illegal_argument_exception', reason);
}

/** The models that the `inference` processors of pipelines name, however deep they stand. */
export function referredModels(pipelines: Iterable<JsonObject>): Set<string> {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const model: unknown = key === 'inference' ? (inner as JsonObject)['model_id'] : undefined;
      if (typeof model === 'string') found.add(model);
      look(inner);
    }
  };
  for (const pipeline of pipelines) look(pipeline);
  return found;
}
