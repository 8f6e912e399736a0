import { dirname, resolve } from 'node:path';
import { nearest } from './checks/near.ts';
import type { Report } from './domain/report.ts';
import { Failure } from './errors.ts';
import { isFolder } from './is-folder.ts';
import { isReporterName, type RenderOptions, type ReporterName, render, reporterNames } from './reporters/reporter.ts';

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
 * A file that cannot be written is worth knowing of before anything is published.
 * @throws Failure `write-failed` where a destination is a folder, or lies in none
 */
export function requireFolders(targets: readonly { readonly file?: string | undefined }[], cwd: string): void {
  for (const { file } of targets) {
    if (file === undefined) continue;
    const path = resolve(cwd, file);
    if (isFolder(path)) {
      throw new Failure('write-failed', `${file} cannot be written: it is a folder.`);
    }
    if (isFolder(dirname(path))) continue;
    throw new Failure('write-failed', `${file} cannot be written: its folder does not exist.`, {
      help: 'Make the folder first, or name another file.',
    });
  }
}

/**
 * Renders a report to every destination: files are written whole or not at all, and after the rest is printed, so
 * that nobody is left without an answer where a file cannot be written.
 * @param print takes the text for standard output
 */
export async function deliver(
  report: Report,
  targets: readonly Destination[],
  cwd: string,
  options: RenderOptions,
  print: (text: string) => void,
): Promise<void> {
  for (const { format, file } of targets) if (file === undefined) print(await render(format, report, options));
  for (const { format, file } of targets) {
    if (file === undefined) continue;
    const text = await render(format, report, { ...options, colour: false });
    // Most runs write no file, and this brings a good part of Node's own library with it.
    const { writeWhole } = await import('./stores/durable.ts');
    await writeWhole(resolve(cwd, file), text).catch((error: unknown) => {
      const published = report.subjects.find(({ release }) => release?.state === 'published')?.release;
      if (published === undefined) throw error;
      const message = `\`${published.name}\` was published, and the report ${file} could not be written.`;
      throw new Failure('report-lost', message, { cause: error });
    });
  }
}
