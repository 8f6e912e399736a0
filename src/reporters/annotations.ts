import type { Diagnostic } from '../domain/diagnostic.ts';
import type { FailureReport, Report } from '../domain/report.ts';
import { safe } from '../domain/safe.ts';
import { failureText, tokenWarning } from './failure.ts';
import { counted } from './measure.ts';
import type { RenderOptions } from './options.ts';
import { placeOf, positionText, workspacePath } from './place.ts';
import { type Ranked, variedFirst, worstOfAll } from './rank.ts';

// GitHub shows ten annotations of a kind for each step and drops the rest without a word (security.md §5.2).
const shown = 10;
const commands = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Workflow commands of GitHub Actions for the ten worst findings of a run, and a notice of how many more there are. */
export function annotations(report: Report, options: RenderOptions = {}): string {
  const ranked = variedFirst(worstOfAll(report));
  const unseen = report.subjects.find((subject) => subject.unseen !== undefined)?.unseen;
  // Bundles of one run share a history, so it is told once, and first; GitHub counts it among the warnings.
  const room = unseen === undefined ? shown : shown - 1;
  const notices = ranked.slice(0, room).filter(({ diagnostic }) => diagnostic.severity === 'note').length;
  // The sentence about the rest is a notice too, and must not be the eleventh.
  const first = ranked.slice(0, ranked.length > room && notices === shown ? room - 1 : room);
  const lines = [
    ...(unseen === undefined ? [] : [unseenAnnotation(unseen)]),
    ...first.map((item) => annotation(item, options.workspace)),
  ];
  const left = ranked.length - first.length;
  if (left > 0) lines.push(`::notice::${escapeData(`${counted(left, 'more finding')} in the job summary.`)}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** A failure as the one annotation that it is, YAML in its remedy with the indentation that it needs. */
export function failureAnnotation(failure: FailureReport): string {
  return `::error title=${escapeProperty(safe(failure.code))}::${escapeData(failureText(failure).join('\n'))}\n`;
}

function unseenAnnotation(unseen: FailureReport): string {
  const head = 'The history was not seen: checks that compare with earlier releases did not run.';
  const token = tokenWarning(unseen);
  const text = [head, ...(token === undefined ? [] : [token]), ...failureText(unseen)].join('\n');
  return `::warning title=${escapeProperty(safe(unseen.code))}::${escapeData(text)}`;
}

function annotation({ subject, diagnostic }: Ranked, workspace: string | undefined): string {
  const place = placeOf(subject, diagnostic);
  const properties: [name: string, value: string][] = [];
  const file = workspacePath(place.path, workspace);
  // A name with a control in it cannot be told to GitHub as it is, and would lead nowhere as it is not.
  const named = file !== undefined && safe(file, 4096) === file;
  if (named) properties.push(['file', file], ...(place.inner === undefined ? spanProperties(diagnostic) : []));
  properties.push(['title', safe(diagnostic.check)]);

  const inner = place.inner ?? (named ? undefined : place.path);
  const prefix = inner === undefined ? '' : `${safe(inner)}${positionText(diagnostic)}: `;
  const message = [`${prefix}${safe(diagnostic.message, 2000)}`, safe(diagnostic.help, 2000)].filter(
    (text) => text !== '',
  );
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(',');
  return `::${commands[diagnostic.severity]} ${list}::${escapeData(message.join('\n\n'))}`;
}

function spanProperties({ line, column, endLine, endColumn }: Diagnostic): [name: string, value: string][] {
  // GitHub takes columns only where the annotation begins and ends on one line.
  const oneLine = endLine === undefined || endLine === line;
  const known: [name: string, value: number | undefined][] = [
    ['line', line],
    ['col', oneLine ? column : undefined],
    ['endLine', endLine],
    ['endColumn', oneLine ? endColumn : undefined],
  ];
  return known.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
}

/** The data of a workflow command, escaped as the toolkit does (actions/toolkit, packages/core/src/command.ts). */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of a workflow command: as data, and the two characters that end a property or the list of them. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
