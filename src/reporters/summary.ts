import type { Report } from '../domain/report.ts';
import { withinLimit } from './budget.ts';
import type { RenderOptions } from './options.ts';
import { reportBlocks } from './sections.ts';
import { leftOutOf } from './table.ts';

// GitHub drops the summary of a step as a whole when it is larger than 1 MiB; other parts of the step may write too.
const githubLimit = 1_000_000;

/** The job summary of GitHub Actions: Markdown, below 1 MiB. */
export function summary(report: Report, options: RenderOptions = {}): string {
  return withinLimit(reportBlocks(report, options), options.limit ?? githubLimit, leftOutOf('part'));
}
