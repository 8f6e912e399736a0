import { isArray, step, type Value } from '../domain/document.ts';
import { cut, datum } from './datum.ts';

/** An index expression that names no set of indices. */
export interface Unbounded {
  /** Pointer to it, or to the list where that names nothing. */
  readonly pointer: string;
  /** As the end of a sentence: "`*` means every index". */
  readonly defect: string;
}

/** Letters and digits that a pattern with a wildcard needs at least: `*-*` and `*a*` name nothing. */
const fewest = 2;

/**
 * Where a list of index expressions reaches every index: by a wildcard without a name, by `_all`, or by naming
 * nothing, which Elasticsearch takes for all. A text counts as a list of one; commas separate, `x:` is a cluster,
 * `-x` takes away, `<…>` is date mathematics.
 */
export function* unboundedIndices(value: Value, pointer: string): Iterable<Unbounded> {
  const items = isArray(value) ? value : [value];
  let named = 0;
  for (const [index, item] of items.entries()) {
    const here = isArray(value) ? step(pointer, index) : pointer;
    if (typeof item !== 'string') {
      named += 1;
      yield { pointer: here, defect: `${datum(item)} is no name of an index` };
      continue;
    }
    const parts = item
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '' && !part.startsWith('-'));
    named += parts.length;
    if (parts.some(reachesAll)) yield { pointer: here, defect: `\`${cut(item)}\` reaches every index` };
  }
  if (named === 0) yield { pointer, defect: 'no index is named, which means all of them' };
}

function reachesAll(part: string): boolean {
  // Behind `::` stands which part of the indices is meant, before `:` the cluster.
  const [name = ''] = part.split('::');
  const local = name.slice(name.lastIndexOf(':') + 1).replaceAll(/^<|>$|\{[^{}]{0,200}\}/g, '');
  if (local.toLowerCase() === '_all' || local === '') return true;
  return /[*?]/.test(local) && (local.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < fewest;
}
