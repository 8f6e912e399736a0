import type { Entry } from './domain/bundle.ts';
import type { Diagnostic } from './domain/diagnostic.ts';
import type { Excerpt } from './domain/report.ts';

/** What a terminal of 100 columns holds beside the gutter. */
const width = 80;
/** Text kept before the defect where a line is cut. */
const lead = 24;

/** The diagnostic's line and the one before it, cut to `width` around the defect; undefined where the text is not at hand. */
export function excerptOf(diagnostic: Diagnostic, entry: Entry | undefined): Excerpt | undefined {
  const { line, column } = diagnostic;
  if (line === undefined || column === undefined) return undefined;
  const text = entry?.line?.(line);
  if (text === undefined) return undefined;
  const start = column - 1;
  const cut = text.length > width && start > lead ? start - lead : 0;
  const window = text.slice(cut, cut + width);
  const end =
    diagnostic.endLine === line && diagnostic.endColumn !== undefined ? diagnostic.endColumn - 1 : text.length;
  const before = line > 1 ? entry?.line?.(line - 1) : undefined;
  return {
    lines: [
      ...(before === undefined || cut > 0 ? [] : [{ number: line - 1, text: before.slice(0, width) }]),
      { number: line, text: window },
    ],
    underline: { start: start - cut, length: Math.max(1, Math.min(end, cut + width) - start) },
  };
}
