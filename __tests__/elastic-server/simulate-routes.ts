import { bodyOf, type Exchange, errorBody, Refusal, type Reply, type Route, refusal } from './exchange.ts';
import { journeyOf, run } from './ingest.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from './json.ts';
import { checkPipeline } from './pipeline-check.ts';

const action = 'cluster:admin/ingest/pipeline/simulate';

/** Documents through a pipeline, without writing any. */
export const simulateRoutes: readonly Route[] = ['POST', 'GET'].flatMap((method) => [
  { method, template: '/_ingest/pipeline/_simulate', action, answer: simulateInline },
  { method, template: '/_ingest/pipeline/{id}/_simulate', action, answer: simulateStored },
]);

function simulateInline(exchange: Exchange): Promise<Reply> {
  const pipeline = bodyOf(exchange)['pipeline'];
  if (!isObject(pipeline))
    throw refusal(400, 'parse_exception', '[pipeline] required property is missing', { property_name: 'pipeline' });
  const { stack, version } = exchange;
  checkPipeline('_simulate_pipeline', pipeline, { scripts: stack.scripts, policies: stack.enrichPolicies, version });
  return simulated(exchange, '_simulate_pipeline', pipeline);
}

function simulateStored(exchange: Exchange): Promise<Reply> {
  const id = exchange.params['id'] ?? '';
  const pipeline = exchange.stack.pipelines.get(id);
  if (pipeline === undefined) throw refusal(400, 'illegal_argument_exception', `pipeline [${id}] does not exist`);
  return simulated(exchange, id, pipeline);
}

async function simulated(exchange: Exchange, id: string, pipeline: JsonObject): Promise<Reply> {
  const docs = bodyOf(exchange)['docs'];
  if (docs === undefined)
    throw refusal(400, 'parse_exception', '[docs] required property is missing', { property_name: 'docs' });
  if (listOr(docs).length === 0)
    throw refusal(400, 'illegal_argument_exception', 'must specify at least one document in [docs]');
  const { stack, golden, programs, version } = exchange;
  const tools = { stack, pipelines: await exchange.pipelines(), golden, programs, counted: false };
  const answers = listOr(docs).map((document): Json => {
    const { _index: index = '_index', _id: name = '_id', _source: source = {} } = objectOr(document);
    const journey = journeyOf(objectOr(source));
    try {
      run(journey, id, pipeline, tools, []);
    } catch (error) {
      if (error instanceof Refusal) return { error: errorBody(error.detail) };
      throw error;
    }
    const type = version.types ? { _type: '_doc' } : { _version: '-3' };
    return journey.dropped
      ? null
      : { doc: { _index: index, ...type, _id: name, _source: journey.fields, _ingest: journey.ingest } };
  });
  return { status: 200, body: { docs: answers } };
}
