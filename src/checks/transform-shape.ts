import { isArray, isObject, member, type Value } from '../domain/document.ts';
import { cut, datum } from './datum.ts';

/** A defect of a body, and where. */
export interface ShapeDefect {
  readonly pointer: string;
  readonly message: string;
}

/** Members that `PUT _transform/<id>` takes; its parser is strict (`TransformConfig` of Elasticsearch). */
const known = [
  ...['_meta', 'description', 'dest', 'frequency', 'latest', 'pivot', 'retention_policy', 'settings', 'source'],
  ...['sync', 'id', 'create_time', 'version', 'headers', 'authorization'],
];

/** Where a body is none that a server takes for a transform. */
export function* transformDefects(value: Value): Iterable<ShapeDefect> {
  if (!isObject(value)) {
    yield { pointer: '', message: `A transform must be an object, and this is ${datum(value)}.` };
    return;
  }
  const other = Object.keys(value).filter((key) => !known.includes(key));
  for (const key of other) {
    yield { pointer: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, message: `\`${cut(key)}\` is no member.` };
  }
  yield* needed(value, 'source', ['index'], '');
  yield* needed(value, 'dest', ['index'], '');
  const ways = ['pivot', 'latest'].filter((key) => Object.hasOwn(value, key));
  if (ways.length !== 1) {
    const found = ways.length === 0 ? 'has neither' : 'has both';
    yield { pointer: '', message: `A transform is either a \`pivot\` or a \`latest\`; this one ${found}.` };
  }
  if (ways.includes('latest')) yield* needed(value, 'latest', ['unique_key', 'sort'], '');
  const pivot = member(value, 'pivot');
  if (pivot === undefined) return;
  yield* needed(value, 'pivot', ['group_by'], '');
  if (!isObject(pivot)) return;
  const aggregations = ['aggregations', 'aggs'].filter((key) => Object.hasOwn(pivot, key));
  if (aggregations.length === 0) yield { pointer: '/pivot', message: '`pivot` has no `aggregations`.' };
  for (const key of aggregations) yield* filled(pivot[key] ?? null, `/pivot/${key}`, key);
}

function* needed(holder: Value, key: string, members: readonly string[], pointer: string): Iterable<ShapeDefect> {
  const value = member(holder, key);
  const here = `${pointer}/${key}`;
  if (value === undefined) {
    yield { pointer, message: `\`${key}\` is missing.` };
  } else if (!isObject(value)) {
    yield { pointer: here, message: `\`${key}\` must be an object, and is ${datum(value)}.` };
  } else {
    for (const name of members) {
      const part = member(value, name);
      if (part === undefined) yield { pointer: here, message: `\`${key}\` has no \`${name}\`.` };
      else yield* filled(part, `${here}/${name}`, name);
    }
  }
}

/** Whether a member says anything: a text, a list or an object that is not empty. */
function* filled(value: Value, pointer: string, name: string): Iterable<ShapeDefect> {
  const says = typeof value === 'string' ? value.trim() !== '' : isArray(value) || isObject(value);
  if (!says || Object.keys(value ?? {}).length === 0) yield { pointer, message: `\`${name}\` is ${datum(value)}.` };
}
