import { createHash } from 'node:crypto';
import { canonicalPieces } from '../domain/canonical-json.ts';
import { isObject, member, type Value } from '../domain/document.ts';
import type { FormatId } from '../domain/kind.ts';

/** Where the body of an object stands in its file, and what a server adds to it or keeps of its own. */
interface ObjectForm {
  /** Key of the body; the whole document where absent. */
  readonly body?: string;
  readonly server: readonly string[];
}

/** Formats whose files hold an object of a stack. */
export type ObjectFormat = Extract<
  FormatId,
  | 'elastic-model'
  | 'elastic-script'
  | 'elastic-pipeline'
  | 'elastic-job'
  | 'elastic-rule'
  | 'elastic-transform'
  | 'elastic-enrich-policy'
>;

/** Fields that a stack returns and an author does not write (elastic.md §6.1; Kibana's rule schema). */
const forms: Readonly<Record<ObjectFormat, ObjectForm>> = {
  'elastic-model': {
    server: [
      'create_time',
      'created_by',
      'estimated_heap_memory_usage_bytes',
      'estimated_operations',
      'fully_defined',
      'license_level',
      'location',
      'model_id',
      'model_package',
      'model_size_bytes',
      'version',
    ],
  },
  'elastic-script': { server: [] },
  'elastic-pipeline': {
    server: ['created_date', 'created_date_millis', 'modified_date', 'modified_date_millis'],
  },
  'elastic-job': {
    body: 'body',
    server: ['authorization', 'create_time', 'finished_time', 'job_version', 'model_snapshot_id', 'version'],
  },
  'elastic-transform': { server: ['authorization', 'create_time', 'headers', 'id', 'version'] },
  'elastic-enrich-policy': { server: [] },
  'elastic-rule': {
    body: 'rule',
    server: ['created_at', 'created_by', 'execution_summary', 'id', 'revision', 'updated_at', 'updated_by', 'version'],
  },
};

/** Whether files of a format hold an object of a stack. */
export function holdsObject(format: FormatId): format is ObjectFormat {
  return Object.hasOwn(forms, format);
}

/**
 * The body that a document holds, as it is sent: of a job the wrapper's `body`, of a detection rule its `[rule]` table.
 * @param opened what `compressed_definition` of a model holds: it stands in its place, since a server compresses anew
 * @returns undefined where there is none
 */
export function objectBody(format: ObjectFormat, document: Value, opened?: Value): Value | undefined {
  const { body } = forms[format];
  if (format === 'elastic-enrich-policy') return withLists(document);
  if (body !== undefined) return member(document, body);
  if (opened === undefined || !isObject(document)) return document;
  const { compressed_definition: _, ...rest } = document;
  return { ...rest, definition: opened };
}

/** The object digest (design.md §2): SHA-256 of the canonical JSON of a body without server fields and `_meta`. */
export function objectDigest(format: ObjectFormat, body: Value): string {
  const omitted = new Set([...forms[format].server, '_meta']);
  const hash = createHash('sha256');
  for (const piece of canonicalPieces(body, omitted)) hash.update(piece);
  return hash.digest('hex');
}

/** A body as a server returns it, without what the server added. */
export function withoutServerFields(format: ObjectFormat, body: Value): Value {
  if (!isObject(body)) return body;
  const added = new Set([...forms[format].server, '_meta']);
  return Object.fromEntries(Object.entries(body).filter(([key]) => !added.has(key)));
}

/** A policy as a server gives it back: a text where a list may stand is a list of one. */
function withLists(policy: Value): Value {
  if (!isObject(policy)) return policy;
  const entries = Object.entries(policy).map(([sort, body]): [string, Value] => {
    if (!isObject(body)) return [sort, body];
    const lists = ['indices', 'enrich_fields'].flatMap((key): [string, Value][] => {
      const value = member(body, key);
      return typeof value === 'string' ? [[key, [value]]] : [];
    });
    return [sort, { ...body, ...Object.fromEntries(lists) }];
  });
  return Object.fromEntries(entries);
}
