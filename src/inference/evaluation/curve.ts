import type { CurvePoint } from '../../domain/evaluation.ts';

/** What a model gave a row, and what a person calls it. */
export interface Scored {
  readonly probability: number;
  readonly malicious: boolean;
}

/** Points of a curve that a report shows. */
const shown = 20;

/**
 * Every threshold at which something changes, from the highest down. A share of nothing is 0.
 */
function allPoints(rows: readonly Scored[]): CurvePoint[] {
  const malicious = rows.filter((row) => row.malicious).length;
  const benign = rows.length - malicious;
  const sorted = [...rows].sort((a, b) => b.probability - a.probability);
  const points: CurvePoint[] = [];
  let found = 0;
  let wrong = 0;
  for (const [index, row] of sorted.entries()) {
    if (row.malicious) found += 1;
    else wrong += 1;
    // Rows of one probability fall together.
    if (sorted[index + 1]?.probability === row.probability) continue;
    points.push({
      threshold: row.probability,
      falsePositiveRate: benign === 0 ? 0 : wrong / benign,
      recall: malicious === 0 ? 0 : found / malicious,
    });
  }
  return points;
}

/** The curve, thinned to what a page holds, and the threshold that finds most without more false alarms than allowed. */
export function curveOf(rows: readonly Scored[], allowed: number): { curve: CurvePoint[]; suggested: CurvePoint } {
  const all = allPoints(rows);
  const suggested = all.findLast(({ falsePositiveRate }) => falsePositiveRate <= allowed);
  const step = Math.max(1, Math.ceil(all.length / shown));
  const curve = all.filter((_, index) => index % step === 0 || index === all.length - 1);
  // Where even the first row is a false alarm too many, nothing may be called malicious.
  return { curve, suggested: suggested ?? { threshold: 1, falsePositiveRate: 0, recall: 0 } };
}
