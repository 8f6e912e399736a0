import { gunzipSync } from 'node:zlib';
import { isArray, isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';
import type { ActualObject, DesiredObject } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { objectDigest, withoutServerFields } from '../../formats/object-body.ts';
import type { TargetClient } from '../http/client.ts';
import { jsonBody } from '../http/json-body.ts';
import type { ResourceType } from '../resource.ts';
import type { Elasticsearch, Mark } from './elasticsearch.ts';
import { eachHealth } from './health.ts';
import { markKey } from './mark.ts';
import { definitionQuery } from './model-definition.ts';
import { modelHealth } from './model-health.ts';
import { elasticReason } from './reason.ts';
import { atFile } from './refused.ts';
import { pipelinesUsing } from './users.ts';

const path = (id: string) => ['_ml', 'trained_models', id];
/** Bytes of a definition that is opened to compare it; a larger one is another model unless it bears our mark. */
const comparable = 512 * 1024 * 1024;

/**
 * Trained models. A server writes a definition anew (defaults, number forms), so the digest of what was sent is kept
 * in the model's `metadata`, which it leaves alone and nobody can change later: models are immutable.
 */
export function models(elasticsearch: Elasticsearch, mark: Mark): ResourceType {
  const { client } = elasticsearch;

  async function put(id: string, body: Value): Promise<void> {
    const request = { method: 'PUT', path: path(id), body: jsonBody(body) } as const;
    const { status, value } = await client.send(request, [400]);
    if (status !== 400) return;
    if (member(member(value, 'error'), 'type') === 'resource_already_exists_exception') {
      throw new Failure('target-changed', `The model \`${safe(id)}\` was put there since the plan was made.`);
    }
    throw new Failure(
      'target-refused',
      `The model \`${safe(id)}\`: ${safe(elasticReason(value) ?? 'HTTP 400', 1000)}.`,
    );
  }

  const config = (id: string, withDefinition: boolean): Promise<ObjectValue | undefined> =>
    modelConfig(client, id, withDefinition ? definitionQuery(elasticsearch) : {});

  return {
    type: 'model',
    async read(id): Promise<ActualObject | undefined> {
      const plain = await config(id, false);
      if (plain === undefined) return undefined;
      const own = member(member(plain, 'metadata'), markKey);
      const [digest, tool, release] = ['digest', 'tool', 'release'].map((key) => member(own, key));
      if (typeof digest === 'string' && typeof tool === 'string' && typeof release === 'string') {
        return { body: withoutMark(plain), digest, meta: { tool, release, digest } };
      }
      const body = opened(withoutMark((await config(id, true)) ?? plain));
      return { body, digest: objectDigest('elastic-model', body) };
    },
    exclusive: true,
    equal: (desired, actual) => desired.digest === actual.digest,
    change: ({ id }) => ({
      refuse: `a model cannot be changed, and \`${id}\` is another one: give the new one an id of its own`,
    }),
    create: (desired: DesiredObject) => {
      const { id, body, digest } = desired;
      return atFile(desired, () => put(id, markedModel(body, { ...mark, digest })));
    },
    async remove({ id }) {
      // Never by force: a pipeline that still uses it would fail every document.
      await client.send({ method: 'DELETE', path: path(id) }, [404]);
    },
    async restore({ id }, before) {
      if (member(before, 'definition') === undefined) {
        throw new Failure('target-refused', `The journal does not hold the definition of the model \`${id}\`.`);
      }
      await put(id, before);
    },
    // A definition is too large for a journal: the release has it.
    restorable: () => false,
    usedBy: (id) => pipelinesUsing(client, 'model', id),
    health: (ids, tolerance) => eachHealth(ids, (id) => modelHealth(client, id, tolerance)),
  };
}

async function modelConfig(
  client: TargetClient,
  id: string,
  query: Readonly<Record<string, string>>,
): Promise<ObjectValue | undefined> {
  const { value } = await client.send({ method: 'GET', path: path(id), query }, [404]);
  const found = member(value, 'trained_model_configs');
  const model = isArray(found) ? found.find((each) => member(each, 'model_id') === id) : undefined;
  return isObject(model) ? model : undefined;
}

/**
 * What an author would write of a model but for its definition: without what the server adds, and without our mark.
 * @returns undefined where there is no such model
 * @throws Failure the client's
 */
export async function authoredModel({ client, since }: Elasticsearch, id: string): Promise<Value | undefined> {
  // Servers before it refuse a parameter that they do not know; what it leaves out is left out here as well.
  const query = since(7, 13) ? { exclude_generated: 'true' } : {};
  const config = await modelConfig(client, id, query);
  return config === undefined ? undefined : withoutMark(config);
}

function markedModel(body: Value, mark: Mark & { readonly digest: string }): Value {
  if (!isObject(body)) return body;
  const { model_id: _, ...rest } = body;
  const metadata = member(body, 'metadata');
  return { ...rest, metadata: { ...(isObject(metadata) ? metadata : {}), [markKey]: { ...mark } } };
}

function withoutMark(model: ObjectValue): Value {
  const body = withoutServerFields('elastic-model', model);
  const metadata = member(body, 'metadata');
  if (!isObject(body) || !isObject(metadata)) return body;
  const { [markKey]: _, ...rest } = metadata;
  return { ...body, metadata: rest };
}

/** A model with its definition in the open, as a bundle has it. */
function opened(body: Value): Value {
  const packed = member(body, 'compressed_definition');
  if (!isObject(body) || typeof packed !== 'string') return body;
  const { compressed_definition: _, ...rest } = body;
  try {
    const text = gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: comparable }).toString('utf8');
    const definition: Value = JSON.parse(text);
    return { ...rest, definition };
  } catch {
    // What cannot be opened is no model of a bundle.
    return body;
  }
}
