import type { Entry } from '../../domain/bundle.ts';
import type { Fact } from '../../domain/report.ts';
import { safe } from '../../domain/safe.ts';
import type { ModelCard } from '../../inference/card.ts';
import { escapeMarkdown } from '../../reporters/escape-markdown.ts';
import { counted, humanSize, shortDigest } from '../../reporters/measure.ts';
import { tableHead, tableRow } from '../../reporters/table.ts';

/** Inputs that a chart shows. */
const charted = 12;
/** Columns of a bar in the terminal. */
const columns = 24;

/** The lines of a card for a terminal. */
export function cardLines(card: ModelCard, entry: Entry): string[] {
  const top = topInputs(card);
  const width = Math.max(0, ...top.map(({ name }) => name.length));
  const most = Math.max(1, top[0]?.splits ?? 1);
  return [
    `${card.id} · ${humanSize(entry.size)} · sha256 ${shortDigest(entry.sha256)}`,
    '',
    ...rowsOf(card).map(([name, value]) => `  ${name.padEnd(13)} ${value}`),
    ...(top.length === 0 ? [] : ['', '  Splits by input']),
    ...top.map(({ name, splits }) => {
      return `  ${name.padEnd(width)} ${'█'.repeat(Math.max(1, Math.round((splits / most) * columns)))} ${splits}`;
    }),
    ...(card.warnings.length === 0 ? [] : ['', ...card.warnings.map((warning) => `  ! ${warning}`)]),
  ];
}

/** The card as a part of a page, with a chart that GitHub draws. */
export function cardFact(card: ModelCard, entry: Entry): Fact {
  const rows = [...rowsOf(card), ['size', humanSize(entry.size)], ['sha256', entry.sha256]] as const;
  const table = tableHead(['Model', card.id].map((text) => escapeMarkdown(text)));
  const markdown = [
    `${table}${rows.map((row) => tableRow(row.map((cell) => escapeMarkdown(cell)))).join('')}`,
    ...chart(card),
    ...card.warnings.map((warning) => `> ${escapeMarkdown(warning)}\n`),
  ].join('\n');
  return { section: 'model', title: 'Model card', data: { ...card, size: entry.size, sha256: entry.sha256 }, markdown };
}

function rowsOf(card: ModelCard): (readonly [string, string])[] {
  const classes = card.classes.map((name) => safe(name, 60)).join(', ');
  const encoders = Object.entries(card.preprocessors).map(([type, count]) => `${count} × ${type}`);
  return [
    ['task', card.task],
    ...(card.classes.length === 0 ? [] : [['classes', classes] as const]),
    [
      'trees',
      `${card.trees}, depth ${card.depth}, ${counted(card.leaves, 'leaf').replace('leafs', 'leaves')}, ${counted(card.splits, 'split')}`,
    ],
    ['aggregation', card.aggregation],
    ['inputs', String(card.inputs.length)],
    ['preprocessors', encoders.length === 0 ? 'none' : encoders.join(', ')],
  ];
}

function topInputs({ inputs }: ModelCard): ModelCard['inputs'] {
  return inputs
    .filter(({ splits }) => splits > 0)
    .sort((a, b) => b.splits - a.splits)
    .slice(0, charted);
}

/** Labels of a chart in Mermaid stand in quotes, and hold what cannot end them. */
function chart(card: ModelCard): string[] {
  const top = topInputs(card);
  if (top.length === 0) return [];
  const labels = top.map(({ name }) => `"${safe(name, 40).replace(/[^\w. -]/g, '?')}"`);
  return [
    '```mermaid',
    'xychart-beta horizontal',
    '  title "Splits by input"',
    `  x-axis [${labels.join(', ')}]`,
    '  y-axis "splits"',
    `  bar [${top.map(({ splits }) => splits).join(', ')}]`,
    '```',
    '',
  ];
}
