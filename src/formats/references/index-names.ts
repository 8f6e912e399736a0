import { isArray, step, type Value } from '../../domain/document.ts';
import type { Reference } from '../../domain/reference.ts';

/** The indices that a list names one by one; patterns and other clusters mean whatever the target has. */
export function usedIndices(value: Value | undefined, pointer: string, file: string): Reference[] {
  if (isArray(value)) return value.flatMap((item, index) => usedIndices(item, step(pointer, index), file));
  if (typeof value !== 'string' || /[*?,:<]/.test(value)) return [];
  return [{ space: 'index', id: value, role: 'uses', at: { file, pointer } }];
}
