import { isArray, isObject, type Value } from '../domain/document.ts';

/**
 * A value as Java's `toString` writes it: what preprocessors look up. JSON that was read here no longer tells 5 from
 * 5.0, so whole numbers are written without a fraction.
 */
export function javaText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}=${javaText(inner)}`)
    .join(', ')}}`;
}

function numberText(value: number): string {
  const size = Math.abs(value);
  if (Object.is(value, -0)) return '-0.0';
  if (Number.isSafeInteger(value) || (size >= 1e-3 && size < 1e7)) return String(value);
  // Java writes an exponent below 10^-3 and from 10^7 on, and two digits at least.
  const shortest = value.toExponential();
  const [digits = '', power = ''] = (shortest.includes('.') ? shortest : value.toExponential(1)).split('e');
  return `${digits}E${power.replace('+', '')}`;
}
