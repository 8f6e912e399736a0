import type { FailureReport, SubjectReport } from '../domain/report.ts';
import type { Block } from './budget.ts';
import { escapeMarkdown, escapeMessage, fenced } from './escape-markdown.ts';
import { tokenWarning } from './failure.ts';
import { link, pageAddress } from './links.ts';

const became: Readonly<Record<FailureReport['exit'], string>> = {
  1: 'was refused',
  2: 'could not be done',
  3: 'is left incomplete',
};

/** A failure as blocks of Markdown: one sentence, what happened, what to do, and its code with the page. */
export function failureBlocks(command: string, failure: FailureReport): Block[] {
  const { title, message, causes, exit } = failure;
  const because = causes.map((cause) => `- because: ${escapeMessage(cause)}\n`).join('');
  return [
    `## ${escapeMarkdown(`mldr ${command}`)} ${became[exit]}: ${escapeMarkdown(title)}.\n\n`,
    `${linesOf(message)}${because === '' ? '' : `${because}\n`}`,
    `### What to do\n\n${helpText(failure)}${pageOf(failure)} · exit code ${exit}\n\n`,
  ];
}

/** That the history was not seen, why, and what to do; nothing where it was, or was not asked for. */
export function unseenBlocks({ unseen, skipped }: SubjectReport): Block[] {
  if (unseen === undefined) return [];
  const head = `**The history was not seen**, and checks that compare with earlier releases did not run (${skipped.length} skipped).`;
  const token = tokenWarning(unseen);
  const named = token === undefined ? '' : `${escapeMessage(token)}\n\n`;
  return [`${head}\n\n${named}${linesOf(unseen.message)}${helpText(unseen)}${pageOf(unseen)}\n\n`];
}

function linesOf(text: string): string {
  return `${text
    .split('\n')
    .map((line) => escapeMessage(line.trim()))
    .join('\n\n')}\n\n`;
}

/** What to do: lines that are indented are YAML, and stand as such in a block of code. */
function helpText({ help }: FailureReport): string {
  const blocks: { readonly yaml: boolean; readonly lines: string[] }[] = [];
  for (const line of help.split('\n')) {
    const yaml = line.startsWith('    ');
    const last = blocks.at(-1);
    if (last?.yaml === yaml) last.lines.push(line);
    else blocks.push({ yaml, lines: [line] });
  }
  const text = blocks.map(({ yaml, lines }) => {
    return yaml ? `${fenced(lines.map((line) => line.slice(4)).join('\n'), 'yaml')}\n` : linesOf(lines.join('\n'));
  });
  return text.join('');
}

function pageOf({ code, url }: FailureReport): string {
  return link(`<code>${escapeMarkdown(code)}</code>`, pageAddress(url));
}
