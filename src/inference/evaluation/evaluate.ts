import { compareText, type Finding } from '../../domain/diagnostic.ts';
import { member, type Value } from '../../domain/document.ts';
import type { Evaluation, EvaluationJudgement, Gates, LabelledSet } from '../../domain/evaluation.ts';
import type { BundleModel } from '../bundle/bundle-model.ts';
import { curveOf, type Scored } from './curve.ts';
import { gateFindings } from './gates.ts';

/** False alarms that a suggested threshold allows where nobody says how many: one in a hundred. */
const usuallyAllowed = 0.01;

interface Judged extends Scored {
  /** What the model itself calls it. */
  readonly called: boolean;
  readonly family?: string;
}

/** Judges a model of two classes by labelled sets; the second class is the malicious one. */
export function evaluateModel(bundle: BundleModel, sets: readonly LabelledSet[], gates: Gates): EvaluationJudgement {
  const { labels, target } = bundle.model.parts.output;
  if (target !== 'classification' || labels.length !== 2) {
    return { findings: [], skipped: 'labelled sets judge models of two classes' };
  }
  if (typeof bundle.fields === 'string') {
    return { findings: [], skipped: `what the pipeline makes of a value is not known here: ${bundle.fields}` };
  }
  const findings: Finding[] = sets.flatMap((set) => set.findings);
  const classOf = classes(bundle, labels);
  const rows: Judged[] = [];
  for (const { path, rows: given } of sets) {
    for (const { line, value, label, family } of given) {
      const index = classOf.get(label);
      const prediction =
        index === undefined ? undefined : bundle.model.predict(bundle.fields(value), undefined, bundle.config);
      if (prediction?.kind !== 'classification') {
        const span = { line, column: 1, endLine: line, endColumn: 1 };
        const known = [...classOf.keys()].map((name) => `\`${name}\``).join(', ');
        const message =
          index === undefined ? `The label \`${label}\` is none of ${known}.` : 'The value sets no input of the model.';
        findings.push({ check: 'label-row-invalid', message, at: { file: path, span } });
        continue;
      }
      const share = prediction.classes.find((each) => each.index === 1)?.probability ?? 0;
      const called = prediction.classes[0]?.index === 1;
      rows.push({ probability: share, called, malicious: index === 1, ...(family === undefined ? {} : { family }) });
    }
  }
  if (rows.length === 0) return { findings, skipped: 'no row of the labelled sets could be judged' };
  const evaluation = summed(rows, sets, gates.falsePositiveRate ?? usuallyAllowed);
  return { findings: [...findings, ...gateFindings(evaluation, gates, sets[0]?.path ?? '')], evaluation };
}

/** The classes by their names, and by those that the model's `metadata.classes` gives them. */
function classes({ entry }: BundleModel, labels: readonly string[]): ReadonlyMap<string, number> {
  const names = new Map(labels.map((label, index) => [label, index] as const));
  const told = member(member(entry.document?.value, 'metadata'), 'classes');
  for (const [index, label] of labels.entries()) {
    const name: Value | undefined = member(told, label);
    if (typeof name === 'string' && !names.has(name)) names.set(name, index);
  }
  return names;
}

function summed(rows: readonly Judged[], sets: readonly LabelledSet[], allowed: number): Evaluation {
  const count = (called: boolean, malicious: boolean): number =>
    rows.filter((row) => row.called === called && row.malicious === malicious).length;
  const [truePositives, falsePositives] = [count(true, true), count(true, false)];
  const [falseNegatives, trueNegatives] = [count(false, true), count(false, false)];
  return {
    rows: rows.length,
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives,
    falsePositiveRate: share(falsePositives, falsePositives + trueNegatives),
    recall: share(truePositives, truePositives + falseNegatives),
    families: familiesOf(rows),
    ...curveOf(rows, allowed),
    sets: Object.fromEntries(sets.map(({ path, sha256 }) => [path.slice(path.lastIndexOf('/') + 1), sha256])),
  };
}

function familiesOf(rows: readonly Judged[]): Evaluation['families'] {
  const families = new Map<string, { rows: number; found: number }>();
  for (const { family, malicious, called } of rows) {
    if (family === undefined || !malicious) continue;
    const before = families.get(family) ?? { rows: 0, found: 0 };
    families.set(family, { rows: before.rows + 1, found: before.found + (called ? 1 : 0) });
  }
  return [...families]
    .sort(([a], [b]) => compareText(a, b))
    .map(([family, { rows: all, found }]) => ({ family, rows: all, recall: share(found, all) }));
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
