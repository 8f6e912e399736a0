import { compareDiagnostics, type Diagnostic } from '../domain/diagnostic.ts';
import type { SubjectReport } from '../domain/report.ts';
import { safe } from '../domain/safe.ts';
import type { Paint } from './colour.ts';
import { excerptLines } from './excerpt.ts';
import { tokenWarning } from './failure.ts';
import { displayWidth, padEnd, wrap } from './line.ts';
import { subjectFacts } from './measure.ts';
import { placeText } from './place.ts';

/** Columns before the text of a finding: the longest severity and two spaces. */
export const gutter = 9;

/** `name · kind · 5 files, 53.4 kB · history: dir:releases (11 releases)`. */
export function headerLine(subject: SubjectReport, paint: Paint): string {
  return [paint('bold', safe(subject.name)), ...subjectFacts(subject).map((fact) => safe(fact))].join(' · ');
}

/** Errors and warnings in full, in the order of the report, then each note on one line, then weakened severities. */
export function findingLines(subject: SubjectReport, columns: number, paint: Paint): string[] {
  const sorted = [...subject.diagnostics].sort(compareDiagnostics);
  const checkWidth = Math.max(0, ...sorted.map(({ check }) => displayWidth(safe(check))));
  const title = (diagnostic: Diagnostic): string => {
    const { severity, check } = diagnostic;
    const columnsOfTitle = [padEnd(paint(severity, severity), gutter), padEnd(paint('bold', safe(check)), checkWidth)];
    return `${columnsOfTitle.join('')}  ${placeText(subject, diagnostic)}`;
  };

  const token = subject.unseen === undefined ? undefined : tokenWarning(subject.unseen);
  const lines: string[] = token === undefined ? [] : [`${padEnd(paint('warning', 'token'), gutter)}${token}`, ''];
  for (const diagnostic of sorted.filter(({ severity }) => severity !== 'note')) {
    lines.push(title(diagnostic), ...bodyLines(subject, diagnostic, columns, paint), '');
  }
  const notes = sorted.filter(({ severity }) => severity === 'note');
  for (const note of notes) lines.push(`${title(note)}  ${safe(note.message)}`);
  if (notes.length > 0) lines.push('');
  for (const change of subject.weakened) lines.push(`${padEnd('setting', gutter)}${safe(change, 500)}`);
  if (subject.weakened.length > 0) lines.push('');
  return lines;
}

function bodyLines(subject: SubjectReport, diagnostic: Diagnostic, columns: number, paint: Paint): string[] {
  const indent = ' '.repeat(gutter);
  const width = Math.max(40, Math.min(columns, 120) - gutter);
  const texts = [diagnostic.message, diagnostic.help].filter((text) => text !== '');
  const lines = texts.flatMap((text) => wrap(safe(text, 2000), width)).map((line) => indent + line);
  const excerpt = subject.excerpts.get(diagnostic);
  if (excerpt === undefined) return lines;
  const quoted = excerptLines(excerpt, columns - gutter, diagnostic.severity, paint).map((line) => indent + line);
  return quoted.length === 0 ? lines : [...lines, '', ...quoted];
}
