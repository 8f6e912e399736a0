import { isArray, isObject, member, step, type Value } from '../../domain/document.ts';
import type { Members } from '../members.ts';
import type { Slots } from '../slots.ts';
import { frequency, targetMean } from './looked-up.ts';
import { multi } from './multi.ts';
import { nGram } from './n-gram.ts';
import { oneHot } from './one-hot.ts';
import type { Preprocessor, ReadPreprocessor } from './preprocessor.ts';

/** Every type of preprocessor: one line each. */
const types: Readonly<Record<string, ReadPreprocessor>> = {
  one_hot_encoding: oneHot,
  target_mean_encoding: targetMean,
  frequency_encoding: frequency,
  n_gram_encoding: nGram,
  multi_encoding: multi,
};

/** The preprocessors of a definition, in their order; those that are refused are left out. */
export function readPreprocessors(definition: Value, pointer: string, slots: Slots, members: Members): Preprocessor[] {
  const place = step(pointer, 'preprocessors');
  const list = member(definition, 'preprocessors') ?? [];
  const inner = (value: Value, at: string): Preprocessor | undefined => {
    const [type = '', ...more] = isObject(value) ? Object.keys(value) : [];
    const body = member(value, type);
    const read = Object.hasOwn(types, type) ? types[type] : undefined;
    if (read === undefined || more.length > 0) {
      const known = Object.keys(types).join(', ');
      const found = type === '' ? 'This' : `\`${type}\``;
      const where = type === '' ? at : step(at, type);
      return members.refuse(where, `${found} is no preprocessor with one key of: ${known}.`);
    }
    if (!isObject(body)) return members.refuse(step(at, type), `\`${type}\` must be an object.`);
    const custom = member(body, 'custom');
    if (custom !== undefined && typeof custom !== 'boolean') {
      return members.refuse(step(step(at, type), 'custom'), '`custom` must be true or false.');
    }
    const encoding = read(body, step(at, type), { slots, members, inner });
    return encoding && { type, ...encoding };
  };
  if (!isArray(list)) {
    members.refuse(place, '`preprocessors` must be an array.');
    return [];
  }
  return list.map((value, index) => inner(value, step(place, index))).filter((one) => one !== undefined);
}
