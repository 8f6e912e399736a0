import type { Random } from '../../random.ts';

const fragments = [
  ...['{', '}', '[', ']', ',', ':', '"', '""', '"""', '\\', "'", '/', '//', '/*', '*/', '.', '-', '+', 'e', 'E', '0'],
  ...['1', '01', '1e400', '-1e-400', '9007199254740993', '123456789012345678', 'NaN', 'Infinity', 'null', 'tru'],
  ...['"a"', '"a":1,', '"__proto__":', '"constructor":{"prototype":', '\\u0061', '\\ud800', '\\udc00', '\\x', '\\u12'],
  ...[' ', '\n', '\r', '\t', '\f', '\u00a0', '\ufeff', '\u2028', '\0', '\u0001', 'é', '😀'],
];

/** Changes a text in one to three places: inserts, removes, copies or replaces a piece. */
export function mutate(random: Random, text: string): string {
  let changed = text;
  for (let changes = 1 + random.below(3); changes > 0; changes -= 1) {
    const at = random.below(changed.length + 1);
    const [head, tail] = [changed.slice(0, at), changed.slice(at)];
    const from = random.below(changed.length + 1);
    const kind = random.below(4);
    if (kind === 0) changed = head + random.pick(fragments) + tail;
    else if (kind === 1) changed = head + tail.slice(1 + random.below(4));
    else if (kind === 2) changed = head + changed.slice(from, from + random.below(40)) + tail;
    else changed = head + random.pick(fragments) + tail.slice(1 + random.below(3));
  }
  return changed;
}
