import { member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { memoryBytes } from '../memory-size.ts';

const places = ['/body/analysis_limits', '/body'] as const;

/** A node that gives one job this much gives none to the others, or never starts it (security.md A23). */
export const mlJobMemoryLimit = defineCheck({
  id: 'ml-job-memory-limit',
  severity: 'warning',
  scan: true,
  title: 'A job asks for more memory than a node can be expected to give',
  help: 'Ask for less, or raise the limit with `--limit job-memory-bytes=NUMBER` where the nodes have it.',
  run: (context) =>
    eachDocument(context, 'elastic-job', function* ({ value, at }) {
      const body = member(value, 'body');
      for (const place of places) {
        const holder = place === '/body' ? body : member(body, 'analysis_limits');
        const asked = member(holder, 'model_memory_limit') ?? null;
        if (asked === null) continue;
        const bytes = memoryBytes(asked);
        const pointer = `${place}/model_memory_limit`;
        if (bytes === undefined) {
          yield { message: `\`model_memory_limit\` is ${datum(asked)}, which is no size.`, at: at(pointer) };
        } else if (bytes !== 'auto' && bytes > context.limits.jobMemoryBytes) {
          const limit = `the limit is ${context.limits.jobMemoryBytes} bytes`;
          yield { message: `\`model_memory_limit\` is ${datum(asked)}, ${bytes} bytes; ${limit}.`, at: at(pointer) };
        }
      }
    }),
});
