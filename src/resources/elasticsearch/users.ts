import { isObject, type Value } from '../../domain/document.ts';
import type { Space } from '../../domain/reference.ts';
import { keyText } from '../../domain/resource.ts';
import { pipelineReferences } from '../../formats/references/pipeline.ts';
import type { TargetClient } from '../http/client.ts';

/** The ingest pipelines that name an object, as keys: scripts, models and pipelines are used by nothing else. */
export async function pipelinesUsing(client: TargetClient, space: Space, id: string): Promise<string[]> {
  const { value } = await client.send({ method: 'GET', path: ['_ingest', 'pipeline'] }, [404]);
  return membersOf(value)
    .filter(([, body]) => pipelineReferences(body, '').some((use) => use.space === space && use.id === id))
    .map(([name]) => keyText({ type: 'pipeline', id: name }));
}

/** The members of an answer that is an object by name. */
export function membersOf(value: Value | undefined): [string, Value][] {
  return isObject(value) ? Object.entries(value) : [];
}
