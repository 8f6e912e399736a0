import { compareText } from '../domain/diagnostic.ts';
import type { Report, SubjectReport } from '../domain/report.ts';
import { safe } from '../domain/safe.ts';
import { type Paint, painter, type Tone } from './colour.ts';
import { findingLines, gutter, headerLine } from './findings.ts';
import { displayWidth, padEnd, plainText } from './line.ts';
import { counted, countedSeverities, humanDuration } from './measure.ts';
import type { RenderOptions } from './options.ts';
import { planLines, resultLines } from './publication.ts';
import { worstOfAll } from './rank.ts';

/** The report for a person at a terminal, or before a log. */
export function terminal(report: Report, options: RenderOptions = {}): string {
  const paint = painter(options.colour ?? false);
  const columns = options.columns ?? 120;
  const loud = options.quiet !== true;
  const lines: string[] = [];
  if (options.told === true) return plainText(outcomeLines(report, paint));
  if (loud && report.store !== undefined && releasing(report)) lines.push(`to ${safe(report.store, 1000)}`, '');
  for (const subject of report.subjects) {
    const findings = findingLines(subject, columns, paint);
    if (loud || findings.length > 0) lines.push(headerLine(subject, paint), '', ...findings);
    if (loud) lines.push(...factLines(subject));
  }
  const text = report.text?.map((line) => safe(line, 4000)) ?? [];
  lines.push(...text.map((line) => tinted(line, paint)));
  if (loud && report.subjects.length > 0) {
    if (text.length > 0) lines.push('');
    lines.push(...countLines(report, columns, paint));
    if (releasing(report)) for (const subject of report.subjects) lines.push(...releaseLines(report, subject, paint));
  }
  return plainText(lines);
}

function factLines({ facts }: SubjectReport): string[] {
  const lines = facts.flatMap(({ line }) => (line === undefined ? [] : [safe(line, 1000)]));
  return lines.length === 0 ? [] : [...lines, ''];
}

const tones: readonly (readonly [start: string, tone: Tone])[] = [
  ['  + ', 'good'],
  ['  - ', 'error'],
  ['  ~ ', 'warning'],
  ['✓', 'good'],
];

/** A line of an answer, by its mark: what `diff` found on one side only, or in two states, and what was proved. */
function tinted(line: string, paint: Paint): string {
  const found = tones.find(([start]) => line.startsWith(start));
  if (found === undefined) return line;
  const [start, tone] = found;
  return paint(tone, start.trimEnd()) + line.slice(start.trimEnd().length);
}

// `validate` plans too, but a clean bundle is three lines: its plan stands in the other reports.
function releasing(report: Report): boolean {
  return report.subjects.some(({ release }) => release !== undefined);
}

/** `1 error, 1 warning · 26 checks, 2 skipped (reason: ids) · 0.14 s`, and how to learn more. */
function countLines(report: Report, columns: number, paint: Paint): string[] {
  const found = countedSeverities(report.counts);
  const worst = report.counts.error > 0 ? 'error' : report.counts.warning > 0 ? 'warning' : 'good';
  const unseen = report.subjects.some((subject) => subject.unseen !== undefined);
  const seen = worst === 'good' && unseen ? 'warning' : worst;
  const findings = paint(seen, `${found === '' ? 'no findings' : found}${unseen ? ', history not seen' : ''}`);
  const checks = counted(
    report.subjects.reduce((sum, subject) => sum + subject.checks, 0),
    'check',
  );
  const over = report.subjects.length === 1 ? '' : ` over ${report.subjects.length} subjects`;
  const skipped = skippedByReason(report);
  const number = report.subjects.reduce((sum, subject) => sum + subject.skipped.length, 0);
  const time = humanDuration(report.duration);
  const line = (reasons: string) =>
    `${findings} · ${checks}${over}${number > 0 ? `, ${number} skipped${reasons}` : ''} · ${time}`;

  const inline = line(` (${skipped.join('; ')})`);
  const fits = displayWidth(inline) <= columns;
  const lines = fits || number === 0 ? [] : [...skipped.map((reason) => padEnd('skipped', gutter) + reason), ''];
  lines.push(fits ? inline : line(''));
  const [first] = worstOfAll(report);
  if (first !== undefined)
    lines.push(paint('dim', `Explain any of them: mldr explain ${safe(first.diagnostic.check)}`));
  return lines;
}

/** `no stack given: pipeline-simulate, golden-via-stack`: the skipped checks of all subjects, by reason. */
function skippedByReason(report: Report): string[] {
  const checks = new Map<string, Set<string>>();
  for (const { check, reason } of report.subjects.flatMap((subject) => subject.skipped)) {
    checks.set(reason, (checks.get(reason) ?? new Set()).add(check));
  }
  return [...checks]
    .sort(([a], [b]) => compareText(a, b))
    .map(
      ([reason, ids]) =>
        `${safe(reason)}: ${[...ids]
          .sort(compareText)
          .map((id) => safe(id))
          .join(', ')}`,
    );
}

function outcomeLines(report: Report, paint: Paint): string[] {
  const results = report.subjects.flatMap((subject) =>
    subject.release === undefined ? [] : resultLines(report, subject, subject.release, paint),
  );
  return [...(report.text?.map((line) => safe(line, 4000)) ?? []), ...results];
}

function releaseLines(report: Report, subject: SubjectReport, paint: Paint): string[] {
  const plan = subject.plan === undefined ? [] : ['', ...planLines(subject.plan, paint)];
  const result = subject.release === undefined ? [] : ['', ...resultLines(report, subject, subject.release, paint)];
  return [...plan, ...result];
}
