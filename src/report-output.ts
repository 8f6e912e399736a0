import { resolve } from 'node:path';
import { nearest } from './checks/near.ts';
import type { Report } from './domain/report.ts';
import { Failure } from './errors.ts';
import { isReporterName, type RenderOptions, type ReporterName, render, reporterNames } from './reporters/reporter.ts';
import { writeWhole } from './stores/durable.ts';
import { writing } from './write-failure.ts';

/** One `--report FORMAT[=FILE]`. */
interface Destination {
  readonly format: ReporterName;
  /** Absent: standard output. */
  readonly file?: string;
}

/** The destinations that the flags name; the terminal where they name none. @throws Failure `usage` */
export function destinations(flags: readonly string[] | undefined): Destination[] {
  const list = (flags ?? []).map(destination);
  return list.some(({ file }) => file === undefined) ? list : [{ format: 'terminal' }, ...list];
}

function destination(flag: string): Destination {
  const at = flag.indexOf('=');
  const format = at < 0 ? flag : flag.slice(0, at);
  if (!isReporterName(format)) {
    const near = nearest(format, reporterNames);
    throw new Failure('usage', `There is no report \`${format}\`.`, {
      help: near === undefined ? `Reports: ${reporterNames.join(', ')}.` : `Did you mean \`${near}\`?`,
    });
  }
  if (at < 0) return { format };
  const file = flag.slice(at + 1);
  if (file === '') throw new Failure('usage', `\`--report ${flag}\` names no file.`);
  return { format, file };
}

/**
 * Renders a report to every destination: files are written whole or not at all.
 * @returns the text for standard output
 */
export async function deliver(
  report: Report,
  targets: readonly Destination[],
  cwd: string,
  options: RenderOptions,
): Promise<string> {
  const printed: string[] = [];
  for (const { format, file } of targets) {
    const text = await render(format, report, file === undefined ? options : { ...options, colour: false });
    if (file === undefined) printed.push(text);
    else await writing(file, () => writeWhole(resolve(cwd, file), text));
  }
  return printed.join('');
}
