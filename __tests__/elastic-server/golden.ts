import type { Json, JsonObject } from './json.ts';

/** A golden prediction: a domain, and what the model says of it (trained-models.md §4). */
export interface GoldenRow {
  readonly domain: string;
  readonly malicious_prediction: number;
  readonly malicious_probability: number;
}

/** Golden rows by model id. */
export type GoldenRows = Readonly<Record<string, readonly GoldenRow[]>>;

/** How many n-grams of one, two and three letters the pipelines of our bundles ask for. */
const limits = [15, 18, 16] as const;

/** The fields that the scripts of our bundles write for a domain. */
function ngramFields(domain: string): JsonObject {
  const name = domain.toLowerCase();
  const dot = name.indexOf('.');
  const label = dot >= 0 ? name.slice(0, dot) : name;
  const fields: Record<string, Json> = { dga_len: label.length, dga_tld: dot >= 0 ? name.slice(dot + 1) : '' };
  for (const [index, limit] of limits.entries()) Object.assign(fields, ngrams(label, index + 1, limit));
  return fields;
}

/** The n-grams of one length. */
export function ngrams(label: string, length: number, limit: number): JsonObject {
  const fields: Record<string, Json> = {};
  for (let place = 0; place < limit && place + length <= label.length; place += 1)
    fields[`dga_${length}_${place}`] = label.slice(place, place + length);
  return fields;
}

/** The row's key: every field that is there, in the order of their names. A field of another name makes another key. */
export function goldenKey(fields: JsonObject): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${String(value)}`)
    .join('|');
}

/**
 * The golden rows of a model by their keys, of the inputs that it asks for. One that was given a prefix is known by the
 * end of its id. A model that asks for a field which no script writes has none.
 */
export function goldenTable(golden: GoldenRows, model: string, inputs: readonly string[]): Map<string, GoldenRow> {
  const written = ngramFields('a'.repeat(40));
  if (inputs.some((name) => written[name] === undefined)) return new Map();
  const rows = golden[model] ?? Object.entries(golden).find(([id]) => model.endsWith(id))?.[1] ?? [];
  return new Map(
    rows.map((row) => {
      const fields = Object.entries(ngramFields(row.domain)).filter(([name]) => inputs.includes(name));
      return [goldenKey(Object.fromEntries(fields)), row];
    }),
  );
}
