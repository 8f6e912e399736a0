/** Bits of the significand of a double, and the exponent of its smallest step. */
const significand = 53;
const smallest = -1074;
/** Exponents further out give zero or infinity whatever stands before them. */
const furthest = 1_000_000;

/**
 * The double nearest to a hexadecimal floating-point number, ties to even, as `Double.valueOf` rounds it.
 * @param whole hex digits before the point, @param fraction those behind it, @param exponent the power of two, decimal
 */
export function hexDouble(whole: string, fraction: string, exponent: string): number {
  const digits = BigInt(`0x${whole}${fraction}`);
  if (digits === 0n) return 0;
  const power = Math.max(-furthest, Math.min(furthest, Number(exponent))) - 4 * fraction.length;
  const bits = digits.toString(2).length;
  const last = Math.max(bits + power - significand, smallest);
  const rounded = last > power ? roundedShift(digits, last - power, bits) : digits << BigInt(power - last);
  return last > 1023 ? Number.POSITIVE_INFINITY : Number(rounded) * 2 ** last;
}

/** Drops bits at the end; a half goes to the even neighbour. */
function roundedShift(digits: bigint, count: number, bits: number): bigint {
  if (count > bits) return 0n;
  const shift = BigInt(count);
  const kept = digits >> shift;
  const rest = digits - (kept << shift);
  const half = 1n << (shift - 1n);
  return rest > half || (rest === half && kept % 2n === 1n) ? kept + 1n : kept;
}
