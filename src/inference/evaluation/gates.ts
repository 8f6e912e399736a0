import type { Finding } from '../../domain/diagnostic.ts';
import type { Evaluation, Gates } from '../../domain/evaluation.ts';

/** What an evaluation misses of its gates. */
export function gateFindings(evaluation: Evaluation, gates: Gates, file: string): Finding[] {
  const { falsePositives, trueNegatives, truePositives, falseNegatives, families } = evaluation;
  const findings: Finding[] = [];
  const at = { file };
  // A gate that nothing could pass through is no open one.
  if (gates.falsePositiveRate !== undefined && falsePositives + trueNegatives === 0) {
    const message = 'The labelled sets hold no benign value: false alarms cannot be counted.';
    findings.push({ check: 'false-positive-rate-high', message, at });
  } else if (gates.falsePositiveRate !== undefined && evaluation.falsePositiveRate > gates.falsePositiveRate) {
    const count = `${falsePositives} of ${falsePositives + trueNegatives} benign values are called malicious`;
    const message = `${count} (${percent(evaluation.falsePositiveRate)}); allowed are ${percent(gates.falsePositiveRate)}.`;
    findings.push({ check: 'false-positive-rate-high', message, at });
  }
  if (gates.recall !== undefined && truePositives + falseNegatives === 0) {
    findings.push(low('The labelled sets hold no malicious value: what is found cannot be counted.'));
  } else if (gates.recall !== undefined && evaluation.recall < gates.recall) {
    const count = `${truePositives} of ${truePositives + falseNegatives} malicious values are found`;
    findings.push(low(`${count} (${percent(evaluation.recall)}); wanted are ${percent(gates.recall)}.`));
  }
  const wanted = gates.recallPerFamily ?? 0;
  for (const { family, rows, recall } of families) {
    if (recall >= wanted) continue;
    const count = `Of the family \`${family}\` ${Math.round(recall * rows)} of ${rows} values are found`;
    findings.push(low(`${count} (${percent(recall)}); wanted are ${percent(wanted)}.`));
  }
  return findings;

  function low(message: string): Finding {
    return { check: 'recall-low', message, at };
  }
}

/** A share for people: `0.12 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
