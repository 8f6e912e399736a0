import { isArray, isObject, member, step, type Value } from './document.ts';

/** One processor of an ingest pipeline with its JSON pointer. */
export interface Processor {
  readonly type: string;
  readonly body: Value;
  /** Pointer to the processor's body. */
  readonly pointer: string;
}

/**
 * Every processor of a pipeline in order, nested ones (`on_failure`, `foreach`) behind the one that holds them. A list
 * where one belongs, and the other way round, are looked into all the same: that no server takes them is no reason to
 * overlook what is in them.
 */
export function eachProcessor(pipeline: Value): Processor[] {
  return [
    ...list(member(pipeline, 'processors'), '/processors'),
    ...list(member(pipeline, 'on_failure'), '/on_failure'),
  ];
}

function list(value: Value | undefined, pointer: string): Processor[] {
  if (!isArray(value)) return one(value, pointer);
  return value.flatMap((item, index) => one(item, step(pointer, index)));
}

function one(item: Value | undefined, pointer: string): Processor[] {
  if (isArray(item)) return list(item, pointer);
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
