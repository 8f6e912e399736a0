import { isArray, isObject, member, step, type Value } from '../../domain/document.ts';
import type { Reference, Space } from '../../domain/reference.ts';

/** Processors that name another object: which member of theirs, and in which space it is an id. */
const mentions: Readonly<Record<string, { readonly key: string; readonly space: Space }>> = {
  script: { key: 'id', space: 'script' },
  pipeline: { key: 'name', space: 'pipeline' },
  inference: { key: 'model_id', space: 'model' },
  enrich: { key: 'policy_name', space: 'enrich-policy' },
};

/** Uses in an ingest pipeline: of every processor, those inside `foreach` and `on_failure` too. */
export function pipelineReferences(value: Value, file: string): Reference[] {
  return eachProcessor(value).flatMap(({ type, body, pointer }) => {
    const mention = Object.hasOwn(mentions, type) ? mentions[type] : undefined;
    const id = mention === undefined ? undefined : member(body, mention.key);
    // A name with a template in it is known only when a document is there.
    if (mention === undefined || typeof id !== 'string' || id.includes('{{')) return [];
    return [{ space: mention.space, id, role: 'uses' as const, at: { file, pointer: step(pointer, mention.key) } }];
  });
}

/** One processor of a pipeline with its JSON pointer. */
export interface Processor {
  readonly type: string;
  readonly body: Value;
  /** Pointer to the processor's body. */
  readonly pointer: string;
}

/** Every processor of a pipeline in order, nested ones behind the one that holds them. */
export function eachProcessor(pipeline: Value): Processor[] {
  return [
    ...list(member(pipeline, 'processors'), '/processors'),
    ...list(member(pipeline, 'on_failure'), '/on_failure'),
  ];
}

function list(value: Value | undefined, pointer: string): Processor[] {
  if (!isArray(value)) return [];
  return value.flatMap((item, index) => one(item, step(pointer, index)));
}

function one(item: Value | undefined, pointer: string): Processor[] {
  if (!isObject(item)) return [];
  return Object.entries(item).flatMap(([type, body]) => {
    const here = step(pointer, type);
    return [
      { type, body, pointer: here },
      ...list(member(body, 'on_failure'), `${here}/on_failure`),
      ...(type === 'foreach' ? one(member(body, 'processor'), `${here}/processor`) : []),
    ];
  });
}
