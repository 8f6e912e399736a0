import type { Evaluation } from '../domain/evaluation.ts';
import type { Fact } from '../domain/report.ts';
import { percent } from '../inference/evaluation/gates.ts';
import { escapeMarkdown } from '../reporters/escape-markdown.ts';
import { tableHead, tableRow } from '../reporters/table.ts';

/** What a report says of a model that was judged by labelled sets: counts and digests, never a row. */
export function evaluationFact(evaluation: Evaluation): Fact {
  const { rows, falsePositiveRate, recall, families, suggested } = evaluation;
  const rates = `false-positive rate ${percent(falsePositiveRate)}, recall ${percent(recall)}`;
  const cells = [
    tableHead(['', 'called malicious', 'called benign']),
    tableRow(['malicious', String(evaluation.truePositives), String(evaluation.falseNegatives)]),
    tableRow(['benign', String(evaluation.falsePositives), String(evaluation.trueNegatives)]),
  ];
  const perFamily = families.map((each) =>
    tableRow([escapeMarkdown(each.family), String(each.rows), percent(each.recall)]),
  );
  const markdown = [
    `${rows} labelled rows: ${rates}.\n`,
    cells.join(''),
    ...(perFamily.length === 0 ? [] : [`${tableHead(['Family', 'Rows', 'Recall'])}${perFamily.join('')}`]),
    `${suggestion(suggested)}\n`,
  ].join('\n');
  const line = `labels   ${rows} rows · ${rates}`;
  return { section: 'evaluation', title: 'Labelled sets', data: evaluation, markdown, line };
}

/** The lines of an evaluation for a terminal. */
export function evaluationLines(evaluation: Evaluation): string[] {
  const { truePositives, falsePositives, trueNegatives, falseNegatives, families, curve } = evaluation;
  const number = (value: number | string): string => String(value).padStart(10);
  return [
    `${''.padEnd(11)}${number('malicious')}${number('benign')}   called`,
    `malicious  ${number(truePositives)}${number(falseNegatives)}   recall ${percent(evaluation.recall)}`,
    `benign     ${number(falsePositives)}${number(trueNegatives)}   false-positive rate ${percent(evaluation.falsePositiveRate)}`,
    '',
    ...families.map(({ family, rows, recall }) => `  ${family}: ${percent(recall)} of ${rows} found`),
    ...(families.length === 0 ? [] : ['']),
    'threshold   false positives   recall',
    ...curve.map((point) => {
      const cells = [point.threshold.toFixed(6), percent(point.falsePositiveRate), percent(point.recall)] as const;
      return `${cells[0].padStart(9)}${cells[1].padStart(18)}${cells[2].padStart(9)}`;
    }),
    '',
    suggestion(evaluation.suggested),
  ];
}

function suggestion({ threshold, falsePositiveRate, recall }: Evaluation['suggested']): string {
  return `A threshold of ${threshold} has a false-positive rate of ${percent(falsePositiveRate)} and finds ${percent(recall)}.`;
}
