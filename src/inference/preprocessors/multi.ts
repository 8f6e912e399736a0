import { step } from '../../domain/document.ts';
import type { ReadPreprocessor } from './preprocessor.ts';

/** Preprocessors one after the other: each sees what those before it wrote. */
export const multi: ReadPreprocessor = (body, pointer, { members, inner }) => {
  members.known(body, pointer, ['processors', 'custom']);
  const list = members.list(body, 'processors', pointer);
  if (list === undefined) return undefined;
  const place = step(pointer, 'processors');
  if (list.length < 2) return members.refuse(place, '`processors` must list two preprocessors at least.');
  const all = list.map((value, index) => inner(value, step(place, index)));
  const read = all.filter((one) => one !== undefined);
  if (read.length < all.length) return undefined;
  return {
    reads: read.flatMap(({ reads }) => reads),
    writes: read.flatMap(({ writes }) => writes),
    encode(row) {
      for (const { encode } of read) encode(row);
    },
  };
};
