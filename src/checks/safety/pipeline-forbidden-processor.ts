import { member } from '../../domain/document.ts';
import { eachProcessor, type Processor } from '../../domain/processor.ts';
import type { Space } from '../../domain/reference.ts';
import { defineCheck } from '../check.ts';
import { cut, datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { allowedProcessors, refusedProcessors } from '../processors.ts';

/** By a list of what is allowed, never of what is not: a plugin or a newer server brings others (security.md A22). */
export const pipelineForbiddenProcessor = defineCheck({
  id: 'pipeline-forbidden-processor',
  severity: 'error',
  scan: true,
  title: 'A pipeline uses a processor that a bundle may not bring',
  help: 'Do without it, or leave the step to a pipeline of the target. docs/checks/pipeline-forbidden-processor.md has the list.',
  run: (context) =>
    eachDocument(context, 'elastic-pipeline', function* ({ value, at }) {
      const { definable } = context.bundle.graph;
      for (const processor of eachProcessor(value)) {
        const { type, pointer } = processor;
        const defect = refused(type) ?? usedWrongly(processor, definable);
        if (defect !== undefined) yield { message: `\`${cut(type)}\` ${defect}.`, at: at(pointer, 'key') };
      }
    }),
});

function refused(type: string): string | undefined {
  if (Object.hasOwn(allowedProcessors, type)) return undefined;
  if (Object.hasOwn(refusedProcessors, type)) return `is not allowed: it ${refusedProcessors[type]}`;
  return 'is not among the processors that are allowed: nobody has looked at what it does';
}

function usedWrongly({ type, body }: Processor, definable: readonly Space[]): string | undefined {
  if (type === 'remove' && (member(body, 'keep') ?? null) !== null) {
    return 'with `keep` removes every field but a few: name those that it is to remove';
  }
  if (type === 'pipeline' && !definable.includes('pipeline')) return 'calls a pipeline of the target';
  if (type === 'enrich' && !definable.includes('enrich-policy')) return 'copies data of an index of the target';
  if (type !== 'pipeline') return undefined;
  // A fixed name that the bundle does not bring is `reference-unresolved`.
  const name = member(body, 'name');
  if (typeof name !== 'string') return `calls a pipeline by ${datum(name ?? null)}, which is no name`;
  return name.includes('{{') ? `calls a pipeline that the document names, by \`${cut(name)}\`` : undefined;
}
