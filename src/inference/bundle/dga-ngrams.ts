import { isObject, member, type Value } from '../../domain/document.ts';
import type { Fields } from '../model.ts';

/** Parameters with which a pipeline calls the script `dga_ngrams_create`. */
export interface NgramCall {
  /** Letters in each gram. */
  readonly count: number;
  /** Most grams that it writes. */
  readonly limit: number;
  /** Names of the fields so far written: each is made once, however many domains follow. */
  readonly names: string[];
}

/** Reads them; undefined where the script would fail with them. */
export function ngramCall(params: Value | undefined): NgramCall | undefined {
  const count = member(params, 'ngram_count');
  const limit = member(params, 'limit');
  if (!isObject(params) || typeof count !== 'number' || typeof limit !== 'number') return undefined;
  // `Number.intValue` cuts off a fraction.
  const call = { count: Math.trunc(count), limit: Math.trunc(limit), names: [] };
  return call.count > 0 && call.limit >= 0 ? call : undefined;
}

/**
 * The fields that the script writes for a registered domain: what `dga_ngrams_create` of the bundles under `examples`
 * does, and no other script. The label ends at the first dot, in lower case; grams are cut from it by UTF-16 units.
 */
export function ngramFields(domain: string, calls: readonly NgramCall[]): Fields {
  const name = domain.toLowerCase();
  const dot = name.indexOf('.');
  const label = dot >= 0 ? name.slice(0, dot) : name;
  const fields: { [name: string]: Value } = {};
  if (calls.length > 0) Object.assign(fields, { dga_len: label.length, dga_tld: dot >= 0 ? name.slice(dot + 1) : '' });
  for (const { count, limit, names } of calls) {
    for (let at = 0; at < limit && at + count <= label.length; at += 1) {
      const name = names[at] ?? `dga_${count}_${at}`;
      names[at] = name;
      fields[name] = label.slice(at, at + count);
    }
  }
  return fields;
}
