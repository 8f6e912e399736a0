import { isArray, isObject, member, step, type Value } from '../../domain/document.ts';
import type { Reference } from '../../domain/reference.ts';
import { usedIndices } from './index-names.ts';

const stored = /^(?:(?:init|map|combine|reduce)_)?script$/;

/**
 * A transform reads indices, fills one, may send what it writes through a pipeline, and calls stored scripts in its
 * aggregations. Its own id is the file's. The index that it fills is meant for whoever looks at the results.
 */
export function transformReferences(value: Value, file: string): Reference[] {
  const destination = member(value, 'dest');
  const [index, pipeline] = [member(destination, 'index'), member(destination, 'pipeline')];
  const at = (pointer: string) => ({ file, pointer });
  return [
    ...usedIndices(member(member(value, 'source'), 'index'), '/source/index', file),
    ...(typeof index === 'string'
      ? [{ space: 'index', id: index, role: 'defines', at: at('/dest/index'), entryPoint: true } as const]
      : []),
    ...(typeof pipeline === 'string'
      ? [{ space: 'pipeline', id: pipeline, role: 'uses', at: at('/dest/pipeline') } as const]
      : []),
    ...storedScripts(value, file),
  ];
}

/** Stored scripts anywhere in it, in order of appearance. */
function storedScripts(value: Value, file: string): Reference[] {
  const found: Reference[] = [];
  // A list of its own instead of recursion: how deep a body nests is the file's choice.
  const waiting: { readonly key: string; readonly value: Value; readonly pointer: string }[] = [];
  waiting.push({ key: '', value, pointer: '' });
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { key, value: item, pointer } = next;
    if (!isArray(item) && !isObject(item)) continue;
    for (const name of stored.test(key) ? ['id', 'stored'] : []) {
      const id = member(item, name);
      if (typeof id === 'string')
        found.push({ space: 'script', id, role: 'uses', at: { file, pointer: step(pointer, name) } });
    }
    const inner = Object.entries(item).map(([name, part]) => ({
      key: isArray(item) ? key : name,
      value: part,
      pointer: step(pointer, name),
    }));
    waiting.push(...inner.reverse());
  }
  return found;
}

/**
 * The context in which a server compiles the script that stands at a pointer of a transform; `undefined` where no
 * single one is known. Names are those of Elasticsearch's `ScriptedMetricAggContexts`.
 */
export function aggregationContext(pointer: string): string | undefined {
  const part = /\/scripted_metric\/(init|map|combine|reduce)_script\/(?:id|stored)$/.exec(pointer)?.[1];
  return part === undefined ? undefined : `aggs_${part}`;
}
