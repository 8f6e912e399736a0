import { expect, it } from 'vitest';
import { columnOf } from '../../../src/commands/elastic/script-place.ts';

it.each([
  ['as it is', 'a = b'],
  ['behind line breaks and tabs', 'a;\n\tb'],
  ['behind quotes and backslashes', 'a("\\d\\\\");b'],
  ['behind what JSON may escape', 'é\u2028€;b'],
])('finds a place of a source %s', (_, source) => {
  for (const text of [JSON.stringify(source), escaped(source)]) {
    const line = `  "source": ${text},`;
    const [quote, wanted] = [line.indexOf(text) + 1, source.indexOf('b')];
    expect(line[columnOf(line, quote, wanted) - 1]).toBe('b');
  }
});

it('an offset beyond the source is its end', () => {
  expect(columnOf('  "source": "ab"', 13, 99)).toBe(16);
});

/** The same text with every unit that needs it, and some that do not, as `\u....`; the mark that is looked for stays. */
function escaped(source: string): string {
  const units = source.split('').map((unit) => {
    return unit === 'b' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${units.join('')}"`;
}
