import type { Diagnostic } from '../domain/diagnostic.ts';
import type { Fact, Report, SubjectReport } from '../domain/report.ts';
import type { Block, Rows } from './budget.ts';
import { deploymentBlocks } from './deployment-markdown.ts';
import { escapeMarkdown, escapeMessage, fenced } from './escape-markdown.ts';
import { failureBlocks, unseenBlocks } from './failure-markdown.ts';
import { plainLines } from './line.ts';
import { link, pageAddress, placeLink } from './links.ts';
import { counted, humanDuration, subjectFacts } from './measure.ts';
import { mermaid } from './mermaid.ts';
import type { RenderOptions } from './options.ts';
import { pictureOf } from './picture.ts';
import { publicationBlocks } from './publication-markdown.ts';
import { sortedBy, worstFirst } from './rank.ts';
import { headline, sentence } from './sentence.ts';
import { folded, foldedTable, leftOutOf, tableHead, tableRow } from './table.ts';

// A person can follow the edges of so many; Mermaid on GitHub would stop at 500 edges (its default `maxEdges`).
const mostNodes = 40;

/** A report as blocks of Markdown, in the order of the job summary of a pull request. */
export function reportBlocks(report: Report, options: RenderOptions): Block[] {
  const { failure } = report;
  const failed = failure === undefined ? [] : failureBlocks(report.command, failure);
  const head = report.subjects.length + failed.length > 0 ? [] : [`## ${headline(report)}\n\n`];
  const lines = report.facts === undefined ? (report.text ?? []) : [];
  const told = lines.length === 0 ? factBlocks(report.facts ?? []) : [`${fenced(lines.join('\n'))}\n`];
  const { deployment } = report;
  const text =
    deployment === undefined
      ? told
      : [...deploymentBlocks(deployment), folded('As the command line tells it', fenced(lines.join('\n')))];
  const subjects = report.subjects.flatMap((subject) => subjectBlocks(report, subject, options));
  return [...failed, ...head, ...subjects, ...text, closing(report)];
}

function subjectBlocks(report: Report, subject: SubjectReport, options: RenderOptions): Block[] {
  return [
    `## ${sentence(report, subject)}\n\n${factLine(subject)}`,
    ...unseenBlocks(subject),
    ...findingBlocks(subject, options),
    ...settingBlocks(subject),
    ...pictureBlocks(subject),
    ...publicationBlocks(subject, options),
    ...factBlocks(subject.facts),
    ...skippedBlocks(subject),
  ];
}

function factLine(subject: SubjectReport): string {
  const checks = subject.checks > 0 ? [counted(subject.checks, 'check')] : [];
  return `${[...subjectFacts(subject), ...checks].map((fact) => escapeMarkdown(fact)).join(' · ')}\n\n`;
}

function findingBlocks(subject: SubjectReport, options: RenderOptions): Rows[] {
  if (subject.diagnostics.length === 0) return [];
  let before: Diagnostic | undefined;
  const rows = worstFirst(subject.diagnostics).map((diagnostic) => {
    const { severity, check, message, help, url } = diagnostic;
    const page = link(escapeMarkdown(check), pageAddress(url));
    const place = placeLink(subject, diagnostic, options);
    const again = before?.check === check && before.help === help && help !== '';
    before = diagnostic;
    return tableRow([
      severity === 'error' ? '**error**' : severity,
      page,
      place,
      escapeMessage(message),
      again ? 'as above' : escapeMessage(help),
    ]);
  });
  const head = tableHead(['Severity', 'Check', 'Place', 'What', 'What to do']);
  return [{ head, rows, tail: '\n', leftOut: leftOutOf('finding') }];
}

function settingBlocks({ weakened }: SubjectReport): Rows[] {
  if (weakened.length === 0) return [];
  const rows = weakened.map((change) => tableRow([escapeMessage(change)]));
  return [
    { head: tableHead(['Settings that change what checks weigh']), rows, tail: '\n', leftOut: leftOutOf('setting') },
  ];
}

function pictureBlocks(subject: SubjectReport): string[] {
  const picture = pictureOf(subject, mostNodes);
  if (picture === undefined) return [];
  const left = picture.left > 0 ? `_The picture leaves out ${picture.left} more ids of the bundle._\n\n` : '';
  return [`### How the files refer to each other\n\n\`\`\`mermaid\n${mermaid(picture)}\n\`\`\`\n\n${left}`];
}

// The Markdown of a fact is escaped by whoever made it; controls and commands for a runner are broken all the same.
function factBlocks(facts: readonly Fact[]): string[] {
  return facts.map(({ title, markdown }) => {
    return `### ${escapeMarkdown(title)}\n\n${plainLines(markdown, Number.POSITIVE_INFINITY).join('\n')}\n\n`;
  });
}

function skippedBlocks({ skipped }: SubjectReport): Rows[] {
  if (skipped.length === 0) return [];
  const rows = sortedBy(skipped, ({ check, reason }) => `${check}\n${reason}`).map(({ check, reason }) =>
    tableRow([escapeMarkdown(check), escapeMessage(reason)]),
  );
  return [foldedTable(`Skipped checks: ${skipped.length}`, ['Check', 'Reason'], rows)];
}

function closing({ tool, duration, repeat, store }: Report): string {
  const parts = [`${escapeMarkdown(tool.name)} ${escapeMarkdown(tool.version)}`, humanDuration(duration)];
  if (store !== undefined) parts.push(`store ${escapeMarkdown(store)}`);
  const again = repeat === undefined ? '' : `The same on a laptop:\n\n${fenced(repeat, 'sh')}\n`;
  return `${again}${parts.join(' · ')}\n`;
}
