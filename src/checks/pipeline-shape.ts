import { isArray, isObject, member, step, type Value } from '../domain/document.ts';
import { cut, datum } from './datum.ts';

interface Defect {
  readonly pointer: string;
  readonly message: string;
}

interface Waiting {
  readonly pointer: string;
  readonly value: Value;
}

/** Where a pipeline is not made of processors as Elasticsearch reads them (`ConfigurationUtils.readProcessorConfigs`). */
export function* pipelineDefects(pipeline: Value): Iterable<Defect> {
  if (!isObject(pipeline)) {
    yield { pointer: '', message: `A pipeline must be an object, and this is ${datum(pipeline)}.` };
    return;
  }
  const processors = member(pipeline, 'processors');
  const waiting: Waiting[] = [];
  if (processors === undefined) yield { pointer: '', message: 'The pipeline has no `processors`.' };
  else yield* list({ pointer: '/processors', value: processors }, waiting);
  yield* handlers(pipeline, '', waiting);
  // A list of its own instead of recursion: how deep processors nest is the file's choice.
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) yield* processor(next, waiting);
}

function* list({ pointer, value }: Waiting, waiting: Waiting[]): Iterable<Defect> {
  if (isArray(value) && value.length > 0) {
    for (const [index, item] of value.entries()) waiting.push({ pointer: step(pointer, index), value: item });
  } else {
    yield { pointer, message: `Here must stand a list of processors, and here is ${datum(value)}.` };
  }
}

function* handlers(holder: Value, pointer: string, waiting: Waiting[]): Iterable<Defect> {
  const value = member(holder, 'on_failure');
  if (value !== undefined) yield* list({ pointer: step(pointer, 'on_failure'), value }, waiting);
}

function* processor({ pointer, value }: Waiting, waiting: Waiting[]): Iterable<Defect> {
  const [type = '', ...others] = isObject(value) ? Object.keys(value) : [];
  if (!isObject(value) || type === '' || others.length > 0) {
    const found = isObject(value) ? `an object of ${Object.keys(value).length} keys` : datum(value);
    yield { pointer, message: `A processor is an object of one key, its type; here is ${found}.` };
    return;
  }
  const here = step(pointer, type);
  const body = member(value, type);
  // `{"script": "…"}` is short for a script's source.
  if (!isObject(body)) {
    if (type === 'script' && typeof body === 'string') return;
    yield {
      pointer: here,
      message: `The processor \`${cut(type)}\` must be an object, and is ${datum(body ?? null)}.`,
    };
    return;
  }
  yield* handlers(body, here, waiting);
  if (type !== 'foreach') return;
  const inner = member(body, 'processor');
  if (inner === undefined) yield { pointer: here, message: '`foreach` has no `processor`.' };
  else waiting.push({ pointer: `${here}/processor`, value: inner });
}
