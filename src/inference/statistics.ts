/**
 * The sum that Java's `DoubleStream.sum` gives (compensated, after Kahan): a plain loop differs in the last bits.
 */
export function compensatedSum(values: Float64Array): number {
  let sum = 0;
  let compensation = 0;
  let simple = 0;
  for (const value of values) {
    const step = value - compensation;
    const next = sum + step;
    compensation = next - sum - step;
    sum = next;
    simple += value;
  }
  const total = sum - compensation;
  return Number.isNaN(total) && !Number.isFinite(simple) ? simple : total;
}

/** The sum of each column, added in order. @param width columns of the rows that stand one after the other */
export function columnSums(values: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (const [index, value] of values.entries()) sums[index % width] = (sums[index % width] ?? 0) + value;
  return sums;
}

/** Probabilities of logits; what is not finite becomes 0, and where nothing is finite all are 0. */
export function softMax(values: Float64Array): Float64Array {
  const highest = values.reduce((most, value) => (Number.isFinite(value) && value > most ? value : most), -Infinity);
  const powers = values.map((value) => (Number.isFinite(value) ? Math.exp(value - highest) : 0));
  const sum = powers.reduce((total, power) => total + power, 0);
  return sum === 0 ? powers : powers.map((power) => power / sum);
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
