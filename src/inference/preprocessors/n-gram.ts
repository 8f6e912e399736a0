import { step } from '../../domain/document.ts';
import type { Members } from '../members.ts';
import { javaText } from '../text.ts';
import type { ReadPreprocessor } from './preprocessor.ts';

// Bounds of Elasticsearch's parser (trained-models.md §2).
const longestGram = 5;
const longestPart = 100;
const usualLength = 50;

/**
 * The n-grams of a part of a text, as features `<prefix>.<n><position>`. Positions and lengths count UTF-16 units; a
 * negative start counts from the end.
 */
export const nGram: ReadPreprocessor = (body, pointer, { slots, members }) => {
  members.known(body, pointer, ['field', 'n_grams', 'start', 'length', 'feature_prefix', 'custom']);
  const field = members.text(body, 'field', pointer);
  const start = members.whole(body, 'start', pointer, 0);
  const length = members.whole(body, 'length', pointer, usualLength);
  const prefix =
    body['feature_prefix'] === undefined ? `ngram_${start}_${length}` : members.text(body, 'feature_prefix', pointer);
  const list = members.list(body, 'n_grams', pointer);
  if (field === undefined || start === undefined || length === undefined) return undefined;
  if (prefix === undefined || list === undefined) return undefined;
  const sizes = [...new Set(list.map(Number))];
  if (!fits(sizes, start, length, pointer, members)) return undefined;
  const from = slots.of(field);
  const grams = sizes.flatMap((size) =>
    Array.from({ length: length - size + 1 }, (_, position) => {
      const name = `${prefix}.${size}${position}`;
      return { size, position, name, slot: slots.of(name) };
    }),
  );
  return {
    reads: [field],
    writes: grams.map(({ name }) => name),
    encode(row) {
      const value = row[from] ?? null;
      if (value === null) return;
      const text = javaText(value);
      if (start > text.length || text.length + start < 0) return;
      const first = start < 0 ? text.length + start : start;
      const end = Math.min(first + length, text.length);
      for (const { size, position, slot } of grams) {
        const at = first + position;
        if (at + size <= end) row[slot] = text.slice(at, at + size);
      }
    },
  };
};

function fits(sizes: readonly number[], start: number, length: number, pointer: string, members: Members): boolean {
  const refuse = (key: string, message: string): boolean => {
    members.refuse(step(pointer, key), message);
    return false;
  };
  if (length < 1 || length > longestPart) return refuse('length', `\`length\` must be 1 to ${longestPart}.`);
  if (start < 0 && start + length > 0) return refuse('start', 'A negative `start` must leave room for `length`.');
  const most = Math.min(longestGram, length);
  const wrong = sizes.some((size) => !Number.isInteger(size) || size < 1 || size > most);
  return sizes.length > 0 && !wrong ? true : refuse('n_grams', `\`n_grams\` must list numbers from 1 to ${most}.`);
}
