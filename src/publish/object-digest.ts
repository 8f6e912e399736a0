import type { Entry } from '../domain/bundle.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { isObject, member, type Value } from '../domain/document.ts';
import type { FormatId } from '../domain/kind.ts';
import { sha256Of } from './asset.ts';

/** Where the body of an object stands in its file, and what a server adds to it or keeps of its own. */
interface ObjectForm {
  /** Key of the body; the whole document where absent. */
  readonly body?: string;
  readonly server: readonly string[];
}

/** Fields that a stack returns and an author does not write (elastic.md §6.1; Kibana's rule schema). */
const forms: Readonly<Partial<Record<FormatId, ObjectForm>>> = {
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
  'elastic-rule': {
    body: 'rule',
    server: ['created_at', 'created_by', 'execution_summary', 'id', 'revision', 'updated_at', 'updated_by', 'version'],
  },
};

/**
 * The object digest of an entry (design.md §2): SHA-256 of the canonical JSON of its body without server fields and
 * `_meta`; of a job the wrapper's `body`, of a detection rule its `[rule]` table. A compressed definition of a model
 * counts as what it holds, since a server compresses it anew.
 * @returns undefined where the format holds no object of a stack, or the document has no body
 */
export function objectDigest(format: FormatId, entry: Entry): string | undefined {
  const form = forms[format];
  if (form === undefined || entry.document === undefined) return undefined;
  const document = opened(entry.document.value, entry.openedDefinition);
  const body = form.body === undefined ? document : member(document, form.body);
  if (body === undefined) return undefined;
  return sha256Of(canonicalJson(body, new Set([...form.server, '_meta'])));
}

function opened(document: Value, definition: Value | undefined): Value {
  if (definition === undefined || !isObject(document)) return document;
  const { compressed_definition: _, ...rest } = document;
  return { ...rest, definition };
}
