import type { Value } from '../domain/document.ts';

const units: Readonly<Record<string, number>> = {
  b: 0,
  k: 1,
  kb: 1,
  m: 2,
  mb: 2,
  g: 3,
  gb: 3,
  t: 4,
  tb: 4,
  p: 5,
  pb: 5,
};

/**
 * A size as Elasticsearch reads one (`ByteSizeValue`): `900gb`, `1.5 GB`; a bare number is MiB, as in
 * `model_memory_limit`; `auto` leaves it to the server.
 * @returns bytes; `auto`; undefined where it is no size
 */
export function memoryBytes(value: Value): number | 'auto' | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (text === 'auto') return 'auto';
  const parts = text.length > 40 ? null : /^(\d+(?:\.\d+)?(?:e\+?\d+)?) ?([kmgtp]?b?)$/.exec(text);
  const power = units[parts?.[2] === '' ? 'mb' : (parts?.[2] ?? '')];
  return power === undefined ? undefined : Number(parts?.[1]) * 1024 ** power;
}
