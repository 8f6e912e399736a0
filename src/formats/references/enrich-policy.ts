import { member, type Value } from '../../domain/document.ts';
import type { Reference } from '../../domain/reference.ts';
import { usedIndices } from './index-names.ts';

/** The three sorts of enrich policies, each the one key of its body. */
export const enrichSorts = ['match', 'geo_match', 'range'] as const;

/** An enrich policy reads indices; its own id is the file's. */
export function enrichPolicyReferences(value: Value, file: string): Reference[] {
  return enrichSorts.flatMap((sort) => usedIndices(member(member(value, sort), 'indices'), `/${sort}/indices`, file));
}
