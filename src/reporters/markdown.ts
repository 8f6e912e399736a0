import type { Report } from '../domain/report.ts';
import { type Block, withinLimit } from './budget.ts';
import { painter } from './colour.ts';
import { fenced } from './escape-markdown.ts';
import { excerptLines } from './excerpt.ts';
import type { RenderOptions } from './options.ts';
import { placeText } from './place.ts';
import { worstOfAll } from './rank.ts';
import { reportBlocks } from './sections.ts';
import { folded, leftOutOf } from './table.ts';

// The text of a pull request, an issue or a comment on GitHub ends at 65,536 characters.
const commentLimit = 65_000;
const mostExcerpts = 20;
const columns = 100;

/** The report as a Markdown file that stands by itself: the summary, and the lines that the findings point at. */
export function markdown(report: Report, options: RenderOptions = {}): string {
  const blocks = [...reportBlocks(report, options), ...excerptBlocks(report)];
  return withinLimit(blocks, options.limit ?? commentLimit, leftOutOf('part'));
}

function excerptBlocks(report: Report): Block[] {
  const plain = painter(false);
  const quoted = worstOfAll(report).flatMap(({ subject, diagnostic }) => {
    const excerpt = subject.excerpts.get(diagnostic);
    if (excerpt === undefined) return [];
    const lines = excerptLines(excerpt, columns, diagnostic.severity, plain);
    return [`${diagnostic.severity} ${diagnostic.check} ${placeText(subject, diagnostic)}\n${lines.join('\n')}`];
  });
  if (quoted.length === 0) return [];
  return ['\n', folded('The lines in question', fenced(quoted.slice(0, mostExcerpts).join('\n\n'), 'text'))];
}
