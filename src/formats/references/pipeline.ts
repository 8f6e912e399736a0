import { isObject, member, step, type Value } from '../../domain/document.ts';
import { eachProcessor } from '../../domain/processor.ts';
import type { Reference, Space } from '../../domain/reference.ts';

interface Mention {
  readonly key: string;
  readonly space: Space;
  /** Elasticsearch renders the member as a template: its name is known only when a document is there. */
  readonly template?: true;
}

/** Processors that name another object: which member of theirs, and in which space it is an id. */
const mentions: Readonly<Record<string, readonly Mention[]>> = {
  script: [
    { key: 'id', space: 'script' },
    { key: 'stored', space: 'script' },
  ],
  pipeline: [{ key: 'name', space: 'pipeline', template: true }],
  inference: [{ key: 'model_id', space: 'model' }],
  enrich: [{ key: 'policy_name', space: 'enrich-policy' }],
};

/** Uses in an ingest pipeline: of every processor, those inside `foreach` and `on_failure` too. */
export function pipelineReferences(value: Value, file: string): Reference[] {
  return eachProcessor(value).flatMap(({ type, body, pointer }) => {
    const own = Object.hasOwn(mentions, type) ? (mentions[type] ?? []) : [];
    const condition = member(body, 'if');
    return [
      ...own.flatMap((mention) => mentioned(body, pointer, mention, file)),
      // The condition of any processor may be a stored script.
      ...(isObject(condition) ? mentioned(condition, step(pointer, 'if'), { key: 'id', space: 'script' }, file) : []),
    ];
  });
}

function mentioned(holder: Value, pointer: string, { key, space, template }: Mention, file: string): Reference[] {
  const id = member(holder, key);
  if (typeof id !== 'string' || (template === true && id.includes('{{'))) return [];
  return [{ space, id, role: 'uses', at: { file, pointer: step(pointer, key) } }];
}
