import { compareText } from '../../domain/diagnostic.ts';
import { javaText } from '../text.ts';
import type { ReadPreprocessor } from './preprocessor.ts';

/** One column for each value: 1 for the value that is there, 0 for the others; a value unseen gives 0 in all. */
export const oneHot: ReadPreprocessor = (body, pointer, { slots, members }) => {
  members.known(body, pointer, ['field', 'hot_map', 'custom']);
  const field = members.text(body, 'field', pointer);
  const map = members.object(body, 'hot_map', pointer);
  if (field === undefined || map === undefined) return undefined;
  const columns = Object.entries(map)
    // In the order of the values, in which Elasticsearch writes them: of two with one column the last stays.
    .sort(([a], [b]) => compareText(a, b))
    .map(([value, name]) => ({ value, name: javaText(name), slot: slots.of(javaText(name)) }));
  const from = slots.of(field);
  return {
    reads: [field],
    writes: columns.map(({ name }) => name),
    encode(row) {
      const value = row[from] ?? null;
      if (value === null) return;
      const text = javaText(value);
      for (const column of columns) row[column.slot] = column.value === text ? 1 : 0;
    },
  };
};
