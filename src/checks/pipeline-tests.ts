import { type Bundle, type Entry, isTestDocument } from '../domain/bundle.ts';
import type { Location } from '../domain/diagnostic.ts';
import { isArray, isObject, member, type ObjectValue, step, type Value } from '../domain/document.ts';
import { definitions, uses } from '../domain/reference.ts';
import type { CheckFinding } from './check.ts';
import { cut, datum } from './datum.ts';

/** Documents of a bundle's `_dev/test`, and what its pipelines are to make of them. */
export interface PipelineTest {
  readonly file: string;
  readonly expectedFile: string;
  /** Id, as the bundle has it, of the pipeline that they go through. */
  readonly pipeline: string;
  /** As `_simulate` takes them. */
  readonly docs: readonly ObjectValue[];
  /** In the same order: where it stands, and the `_source` that comes out; null for a document that is dropped. */
  readonly expected: readonly { readonly pointer: string; readonly source: Value }[];
  /** JSON pointers into a `_source` whose values change with every run. */
  readonly volatile: readonly string[];
}

const ending = '-expected.json';
const known = ['docs', 'pipeline', 'volatile'];

/** The tests of a bundle, and what is wrong with the files of others. What cannot be read, its reader reports. */
export function pipelineTests(bundle: Bundle): { tests: PipelineTest[]; faults: CheckFinding[] } {
  const files = bundle.dev.filter(({ path }) => isTestDocument(path));
  const tests: PipelineTest[] = [];
  const faults: CheckFinding[] = [];
  for (const entry of files) {
    const stem = entry.path.endsWith(ending) ? entry.path.slice(0, -ending.length) : entry.path.slice(0, -5);
    const other = entry.path.endsWith(ending) ? `${stem}.json` : `${stem}${ending}`;
    const twin = files.find(({ path }) => path === other);
    if (twin === undefined) {
      faults.push({ message: `There is no \`${other}\` beside it.`, at: { file: entry.path } });
    } else if (!entry.path.endsWith(ending)) {
      const found = testOf(bundle, entry, twin);
      if ('faults' in found) faults.push(...found.faults);
      else tests.push(found);
    }
  }
  return { tests, faults };
}

function testOf(bundle: Bundle, input: Entry, output: Entry): PipelineTest | { readonly faults: CheckFinding[] } {
  const faults: CheckFinding[] = [];
  const [given, wanted] = [input, output].map(({ document, path }) => {
    const say = (pointer: string, message: string, part?: Location['part']): void => {
      faults.push({ message, at: { file: path, pointer, ...(part === undefined ? {} : { part }) } });
    };
    return document === undefined ? undefined : { value: document.value, rows: rowsOf(document.value, say), say };
  });
  if (given === undefined || wanted === undefined) return { faults };
  const docs = given.rows.map(({ pointer, value }) => documentOf(value, pointer, given.say));
  const expected = wanted.rows.map(({ pointer, value }) => expectedOf(value, pointer, wanted.say));
  if (faults.length === 0 && docs.length !== expected.length) {
    wanted.say('', `\`${input.path}\` has ${docs.length} documents, and here are ${expected.length}.`);
  }
  if (faults.length === 0 && docs.length === 0) given.say('', 'There is no document in it.');
  const pipeline = pipelineOf(bundle, given.value, given.say);
  const volatile = volatileOf(wanted.value, wanted.say);
  if (pipeline === undefined || faults.length > 0) return { faults };
  return { file: input.path, expectedFile: output.path, pipeline, docs, expected, volatile };
}

type Say = (pointer: string, message: string, part?: Location['part']) => void;

/** A list of events, or `{"docs": [{"_source": …}]}`. */
function rowsOf(value: Value, say: Say): { pointer: string; value: Value }[] {
  const inside = isArray(value) ? value : member(value, 'docs');
  for (const key of isObject(value) ? Object.keys(value) : []) {
    if (!known.includes(key)) say(step('', key), `The key \`${cut(key)}\` is not known here.`, 'key');
  }
  if (isArray(inside)) {
    const above = isArray(value) ? '' : '/docs';
    return inside.map((item, index) => ({ pointer: step(above, index), value: item }));
  }
  const found = inside === undefined ? datum(value) : datum(inside);
  say(inside === undefined ? '' : '/docs', `A list of documents must stand here, and here is ${found}.`);
  return [];
}

function documentOf(value: Value, pointer: string, say: Say): ObjectValue {
  const source = sourceIn(value, pointer);
  if (isObject(source.value)) {
    const [index, id] = [member(value, '_index'), member(value, '_id')];
    return {
      ...(source.wrapped && typeof index === 'string' ? { _index: index } : {}),
      ...(source.wrapped && typeof id === 'string' ? { _id: id } : {}),
      _source: source.value,
    };
  }
  say(source.pointer, `A document is an object, and this is ${datum(source.value)}.`);
  return {};
}

function expectedOf(value: Value, pointer: string, say: Say): { pointer: string; source: Value } {
  const source = sourceIn(value, pointer);
  if (source.value !== null && !isObject(source.value)) {
    say(source.pointer, `A document is an object, or \`null\` where it is dropped; this is ${datum(source.value)}.`);
  }
  return { pointer: source.pointer, source: source.value };
}

/** An event, or the one inside `{"_source": …}`. */
function sourceIn(value: Value, pointer: string) {
  const inside = member(value, '_source');
  return inside === undefined
    ? { wrapped: false, pointer, value }
    : { wrapped: true, pointer: step(pointer, '_source'), value: inside };
}

function pipelineOf({ graph: { references } }: Bundle, value: Value, say: Say): string | undefined {
  const named = member(value, 'pipeline');
  const defined = definitions(references, 'pipeline').map(({ id }) => id);
  const called = uses(references, 'pipeline').map(({ id }) => id);
  const outer = defined.filter((id) => !called.includes(id));
  const list = defined.map((id) => `\`${cut(id)}\``).join(', ');
  if (named === undefined) {
    if (outer.length === 1) return outer[0];
    say('', `It names no \`pipeline\`, and the bundle has ${outer.length} that no other one calls (${list}).`);
  } else if (typeof named !== 'string' || !defined.includes(named)) {
    say('/pipeline', `\`pipeline\` is ${datum(named)}, and the bundle has ${list === '' ? 'none' : list}.`);
  } else {
    return named;
  }
  return undefined;
}

function volatileOf(value: Value, say: Say): string[] {
  const list = member(value, 'volatile') ?? [];
  if (isArray(list) && list.every((item) => typeof item === 'string' && item.startsWith('/'))) return list.map(String);
  say('/volatile', '`volatile` must be a list of JSON pointers into a document, such as `/event/ingested`.');
  return [];
}
