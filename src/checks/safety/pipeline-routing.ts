import type { Value } from '../../domain/document.ts';
import { member } from '../../domain/document.ts';
import { eachProcessor } from '../../domain/processor.ts';
import { type CheckFinding, defineCheck } from '../check.ts';
import { cut } from '../datum.ts';
import { eachDocument, type Subject } from '../each-document.ts';
import { routed, routedByScript, targetsOf } from '../routing.ts';

/** Whoever writes these fields moves documents to an index of his own, or over those of others (security.md A22). */
export const pipelineRouting = defineCheck({
  id: 'pipeline-routing',
  severity: 'error',
  scan: true,
  title: 'A pipeline says where a document goes or which one it replaces',
  help: 'Write to a field of the document under a fixed name; index, id and routing are the shipper’s business.',
  *run(context) {
    yield* eachDocument(context, 'elastic-pipeline', function* (subject) {
      yield* byProcessors(subject);
      yield* byScripts(subject);
    });
    yield* eachDocument(context, 'elastic-script', byScripts);
  },
});

function* byProcessors({ value, at }: Subject): Iterable<CheckFinding> {
  for (const processor of eachProcessor(value)) {
    const { type, body, pointer } = processor;
    for (const target of targetsOf(processor)) {
      const reached = routed(target.field);
      if (reached === undefined) continue;
      const message =
        reached === '{{'
          ? `The template \`${cut(target.field)}\` chooses the field that \`${cut(type)}\` writes: a document could name \`_index\`.`
          : `\`${cut(type)}\` writes \`${cut(target.field)}\`: ${meaning(reached)}.`;
      yield { message, at: at(target.pointer) };
    }
    if (type !== 'json' || isFalse(member(body, 'add_to_root'))) continue;
    const message = '`json` adds what a text holds to the root of the document: that text could name `_index`.';
    yield { message, help: 'Give it a `target_field` instead.', at: at(`${pointer}/add_to_root`) };
  }
}

function isFalse(value: Value | undefined): boolean {
  return value === undefined || value === null || value === false;
}

function* byScripts({ entry, at }: Subject): Iterable<CheckFinding> {
  for (const { source = '', pointer } of entry.scripts ?? []) {
    const reached = routedByScript(source);
    if (reached !== undefined)
      yield { message: `The script writes \`${reached}\`: ${meaning(reached)}.`, at: at(pointer) };
  }
}

function meaning(field: string): string {
  if (field === '_index') return 'the document goes to another index';
  return field === '_id' ? 'the document may replace another one' : 'it is no field of the document';
}
