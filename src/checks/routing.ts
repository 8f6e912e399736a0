import { isArray, isObject, member, step, type Value } from '../domain/document.ts';
import type { Processor } from '../domain/processor.ts';

/** Fields of a document that say where it goes and what it replaces: `IngestDocument.Metadata` of Elasticsearch. */
const metadata = new Set([
  ...['_index', '_id', '_routing', '_version', '_op_type', '_type', '_version_type'],
  ...['_if_seq_no', '_if_primary_term', '_dynamic_templates'],
]);

/** Members of a processor that name a field which it writes. */
const targets = ['target_field', 'target_fields', 'target_prefix', 'output_field', 'results_field'];

/** Processors that write `field` although they have a `target_field` too. */
const always = ['rename', 'set', 'append', 'remove'];

/** A field that a processor writes. */
export interface Target {
  readonly pointer: string;
  readonly field: string;
}

/** The fields that a processor names as its targets, wherever they stand in it. */
export function targetsOf({ type, body, pointer }: Processor): Target[] {
  const own = always.includes(type) || member(body, 'target_field') === undefined ? ['field', ...targets] : targets;
  const outputs = member(body, 'input_output');
  const pairs = isArray(outputs) ? outputs : [outputs];
  return [
    ...own.flatMap((key) => texts(member(body, key), step(pointer, key))),
    ...pairs.flatMap((pair, at) => {
      const here = isArray(outputs) ? step(`${pointer}/input_output`, at) : `${pointer}/input_output`;
      return texts(member(pair, 'output_field'), `${here}/output_field`);
    }),
  ];
}

function texts(value: Value | undefined, pointer: string): Target[] {
  if (typeof value === 'string') return [{ pointer, field: value }];
  if (isArray(value)) return value.flatMap((item, index) => texts(item, step(pointer, index)));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => texts(item, step(pointer, key)));
}

/**
 * The metadata field that a path leads to, or `{{` where a template makes the path. `_source.` is the document
 * itself (`IngestDocument.FieldPath`), empty parts vanish when Java splits a text, and brackets are taken for dots,
 * so that no spelling of a later server gets by.
 */
export function routed(field: string): string | undefined {
  if (field.includes('{{')) return '{{';
  const parts = field.toLowerCase().split(/[.[\]'"\s]+/);
  const [first, ...more] = parts.filter((part) => part !== '');
  // Alone it is taken for the document too: older servers joined it with `results_field`.
  const reached = first === '_source' ? (more[0] ?? first) : first;
  return reached !== undefined && (reached === '_source' || metadata.has(reached)) ? reached : undefined;
}

// `ctx._index = …`, `ctx['_index'] += …`, `put("_index", …)`, `remove("_index")`, blanks taken out.
const assigned = /(?:\.|\[["'])(_[a-z_]{1,20})(?:["']\])?(?:=(?!=)|\+=|\+\+)/g;
const called = /(?:put|replace|remove|compute|merge)\w{0,20}\(["'](_[a-z_]{1,20})["']/g;

/** A metadata field that a painless source plainly writes; one that is assembled is not found, only not known. */
export function routedByScript(source: string): string | undefined {
  const plain = source.replaceAll(/\s+/g, '');
  const written = [...plain.matchAll(assigned), ...plain.matchAll(called)].map((match) => match[1] ?? '');
  return written.find((name) => metadata.has(name));
}
