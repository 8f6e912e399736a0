import type { Finding, Span } from '../../src/domain/diagnostic.ts';

/** The text that a span covers, cut out by its lines and columns alone. */
export function covered(text: string, span: Span | undefined): string | undefined {
  if (span === undefined) return undefined;
  const lines = text.split('\n').slice(span.line - 1, span.endLine);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, span.endColumn - 1);
  lines[0] = (lines[0] ?? '').slice(span.column - 1);
  return lines.join('\n');
}

/** A finding on one line: check, line, column. */
export function placed({ check, at }: Finding): string {
  return at?.span === undefined ? check : `${check} ${at.span.line}:${at.span.column}`;
}
