import type { ObjectValue } from '../../domain/document.ts';
import { javaText } from '../text.ts';
import type { Encoding, Reading, ReadPreprocessor } from './preprocessor.ts';

/** The frequency of a value; 0 for a value unseen. */
export const frequency: ReadPreprocessor = (body, pointer, reading) => {
  reading.members.known(body, pointer, ['field', 'feature_name', 'frequency_map', 'custom']);
  return lookedUp(body, pointer, reading, 'frequency_map', 0);
};

/** The mean of the target over a value; the default for a value unseen. */
export const targetMean: ReadPreprocessor = (body, pointer, reading) => {
  reading.members.known(body, pointer, ['field', 'feature_name', 'target_map', 'default_value', 'custom']);
  const unseen = reading.members.number(body, 'default_value', pointer);
  return unseen === undefined ? undefined : lookedUp(body, pointer, reading, 'target_map', unseen);
};

function lookedUp(
  body: ObjectValue,
  pointer: string,
  { slots, members }: Reading,
  key: string,
  unseen: number,
): Encoding | undefined {
  const field = members.text(body, 'field', pointer);
  const feature = members.text(body, 'feature_name', pointer);
  const find = members.numbers(body, key, pointer);
  if (field === undefined || feature === undefined || find === undefined) return undefined;
  const from = slots.of(field);
  const to = slots.of(feature);
  return {
    reads: [field],
    writes: [feature],
    encode(row) {
      const value = row[from] ?? null;
      if (value !== null) row[to] = find(javaText(value)) ?? unseen;
    },
  };
}
