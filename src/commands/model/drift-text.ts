import type { Fact } from '../../domain/report.ts';
import { safe } from '../../domain/safe.ts';
import type { Drift } from '../../inference/drift.ts';
import { percent } from '../../inference/evaluation/gates.ts';
import { escapeMarkdown } from '../../reporters/escape-markdown.ts';
import { tableHead, tableRow } from '../../reporters/table.ts';

/** Columns of a bar in the terminal. */
const columns = 40;

/** The lines of a comparison for a terminal. */
export function driftLines(drift: Drift): string[] {
  const most = Math.max(1, ...drift.histogram);
  return [
    ...rowsOf(drift).map(([name, value]) => `  ${name.padEnd(16)} ${value}`),
    '',
    ...drift.histogram.flatMap((count, bin) => {
      const bar = '█'.repeat(Math.ceil((count / most) * columns));
      return count === 0 ? [] : [`  ${binName(bin)} ${bar} ${count}`];
    }),
    ...(drift.most.length === 0 ? [] : ['', '  The most changed']),
    ...drift.most.map(({ name, before, after }) => `  ${safe(name, 80)}  ${short(before)} → ${short(after)}`),
  ];
}

/** The same as a part of a page, with a chart that GitHub draws. */
export function driftFact(drift: Drift, from: string, to: string): Fact {
  const table = `${tableHead(['Change', `${escapeMarkdown(from)} → ${escapeMarkdown(to)}`])}${rowsOf(drift)
    .map((row) => tableRow([...row]))
    .join('')}`;
  const labels = drift.histogram.map((_, bin) => `"${binName(bin)}"`).join(', ');
  const chart = [
    '```mermaid',
    'xychart-beta',
    '  title "Rows by change of probability"',
    `  x-axis [${labels}]`,
    '  y-axis "rows"',
    `  bar [${drift.histogram.join(', ')}]`,
    '```',
  ];
  const most = drift.most.map(({ name, before, after }) =>
    tableRow([escapeMarkdown(name), short(before), short(after)]),
  );
  const changed = most.length === 0 ? '' : `\n\n${tableHead(['Most changed', 'before', 'after'])}${most.join('')}`;
  const markdown = `${table}\n${chart.join('\n')}${changed}\n`;
  return { section: 'drift', title: 'What changed in the model', data: drift, markdown };
}

function rowsOf(drift: Drift): (readonly [string, string])[] {
  return [
    ['rows', `${drift.rows}${drift.left === 0 ? '' : `, and ${drift.left} that one of the models cannot be asked of`}`],
    ['classes flipped', `${drift.flipped} (${percent(drift.rows === 0 ? 0 : drift.flipped / drift.rows)})`],
    ['mean change', short(drift.mean)],
    ['95th percentile', short(drift.percentile95)],
    ['largest change', short(drift.largest)],
  ];
}

function binName(bin: number): string {
  return `${(bin / 10).toFixed(1)}–${((bin + 1) / 10).toFixed(1)}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
