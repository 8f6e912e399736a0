import { describe, expect, it } from 'vitest';
import { painter } from '../../src/reporters/colour.ts';
import { excerptLines } from '../../src/reporters/excerpt.ts';

const shown = (text: string, start: number, length: number, space = 60) =>
  excerptLines({ lines: [{ number: 1, text }], underline: { start, length } }, space, 'error', painter(false));

/** What stands above the underline. */
function marked([line = '', underline = '']: string[]): string {
  return line.slice(underline.indexOf('~'), underline.lastIndexOf('~') + 1);
}

describe('excerpt', () => {
  it('underlines the datum', () => {
    const rows = shown('  "id": "dga_ngram_create",', 8, 18);
    expect(rows).toEqual(['    1 │   "id": "dga_ngram_create",', '      │         ~~~~~~~~~~~~~~~~~~']);
  });

  it('shows a minified file through a window around the datum', () => {
    const text = `{${'"k":1,'.repeat(10_000)}"id":"the_datum"${',"k":1'.repeat(10_000)}}`;
    const rows = shown(text, text.indexOf('"the_datum"'), 11);
    expect(rows.every((row) => row.length <= 62)).toBe(true);
    expect(rows[0]).toMatch(/^ {4}1 │ ….*"id":"the_datum".*…$/);
    expect(marked(rows)).toBe('"the_datum"');
  });

  it.each([0, 1, 30, 4_999, 9_990, 9_999])('marks the right character at column %i of a long line', (start) => {
    const text = Array.from({ length: 10_000 }, (_, index) => String(index % 10)).join('');
    const changed = `${text.slice(0, start)}X${text.slice(start + 1)}`;
    expect(marked(shown(changed, start, 1))).toBe('X');
  });

  it('keeps the underline under the datum behind tabs, controls and wide characters', () => {
    const [line = '', underline = ''] = shown('\t\u202e漢X', 3, 1);
    expect(line).toBe('    1 │   \\u{202e}漢X');
    // 漢 is two columns wide and one unit long.
    expect(underline.indexOf('~')).toBe(line.indexOf('X') + 1);
  });

  it('underlines something where a datum is empty, or ends on another line', () => {
    expect(marked(shown('abc', 1, 0))).toBe('b');
    expect(shown('abc', 1, 500)[1]).toBe('      │  ~~');
  });

  it('shows nothing of no lines', () => {
    expect(excerptLines({ lines: [], underline: { start: 0, length: 1 } }, 60, 'note', painter(false))).toEqual([]);
  });

  it('cuts the lines before at the same columns', () => {
    const excerpt = {
      lines: [
        { number: 9, text: 'a'.repeat(300) },
        { number: 10, text: `${'b'.repeat(200)}X` },
      ],
      underline: { start: 200, length: 1 },
    };
    const rows = excerptLines(excerpt, 60, 'error', painter(false));
    expect(rows[0]).toMatch(/^ {4}9 │ …a+…$/);
    expect(rows[1]).toMatch(/^ {3}10 │ …b+X$/);
  });
});
