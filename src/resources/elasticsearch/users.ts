import { isArray, isObject, member, type Value } from '../../domain/document.ts';
import { eachProcessor } from '../../domain/processor.ts';
import type { Space } from '../../domain/reference.ts';
import { keyText } from '../../domain/resource.ts';
import { pipelineReferences } from '../../formats/references/pipeline.ts';
import { transformReferences } from '../../formats/references/transform.ts';
import type { TargetClient } from '../http/client.ts';
import { sharedLook } from '../http/shared-look.ts';
import { attachedIn, attachmentId } from './attached-processor.ts';

/** The ingest pipelines that name an object, as keys. */
export async function pipelinesUsing(client: TargetClient, space: Space, id: string): Promise<string[]> {
  const { value } = await sharedLook(client, { method: 'GET', path: ['_ingest', 'pipeline'] }, [404]);
  return membersOf(value)
    .filter(([, body]) => pipelineReferences(body, '').some((use) => use.space === space && use.id === id))
    .map(([name]) => keyText({ type: 'pipeline', id: name }));
}

/**
 * The pipelines that call one, as keys. Where all the calls in a pipeline are processors of ours, it is these that use it.
 */
export async function pipelinesCalling(client: TargetClient, id: string): Promise<string[]> {
  const { value } = await sharedLook(client, { method: 'GET', path: ['_ingest', 'pipeline'] }, [404]);
  return membersOf(value).flatMap(([name, body]) => {
    const calls = pipelineReferences(body, '').filter((use) => use.space === 'pipeline' && use.id === id).length;
    const attached = attachedIn(body, id);
    const own = attached > 0 ? [keyText({ type: 'attachment', id: attachmentId({ holder: name, called: id }) })] : [];
    return calls > attached ? [...own, keyText({ type: 'pipeline', id: name })] : own;
  });
}

/** The pipelines that call one which must be there: documents through them fail without it. */
export async function pipelinesNeeding(client: TargetClient, id: string): Promise<string[]> {
  const { value } = await sharedLook(client, { method: 'GET', path: ['_ingest', 'pipeline'] }, [404]);
  return membersOf(value).flatMap(([name, body]) => {
    const needs = eachProcessor(body).some((processor) => {
      const named = processor.type === 'pipeline' && member(processor.body, 'name') === id;
      return named && member(processor.body, 'ignore_missing_pipeline') !== true;
    });
    return needs ? [name] : [];
  });
}

/** Transforms of one answer. */
const most = '1000';

/**
 * The transforms that name an object, as keys. To read them takes a privilege that no other object needs, and some
 * servers have none: where they cannot be read, nobody is named.
 */
export async function transformsUsing(client: TargetClient, space: Space, id: string): Promise<string[]> {
  const { value } = await sharedLook(
    client,
    { method: 'GET', path: ['_transform'], query: { size: most } },
    [400, 403, 404],
  );
  const list = member(value, 'transforms');
  return (isArray(list) ? list : []).flatMap((transform) => {
    const name = member(transform, 'id');
    const uses = transformReferences(transform, '').some((use) => use.space === space && use.id === id);
    return typeof name === 'string' && uses ? [keyText({ type: 'transform', id: name })] : [];
  });
}

/** The members of an answer that is an object by name. */
export function membersOf(value: Value | undefined): [string, Value][] {
  return isObject(value) ? Object.entries(value) : [];
}
