import { describe, expect, it } from 'vitest';
import { escapeMarkdown, escapeMessage, escapeName, fenced } from '../../src/reporters/escape-markdown.ts';
import { hostileText, pieces, seeded } from './hostile.ts';

// All that an escaped text is made of: plain characters, numeric references, and our own three pieces of HTML.
const grammar =
  /^(?:[^&<>"'`[\]()!|*_~#:@$\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|&#\d+;|@<!-- -->|<!-- -->|<span>\$<\/span>|<wbr>)*$/u;
const withCode = /<code>((?:(?!<\/?code>).)*)<\/code>/gu;

/** What a reader of the rendered page sees. */
function rendered(markdown: string): string {
  return markdown
    .replaceAll('<!-- -->', '')
    .replaceAll(/<\/?(?:span|code|wbr)>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

describe('escapeMarkdown', () => {
  it.each(pieces)('leaves no markup of %j', (piece) => {
    expect(escapeMarkdown(piece)).toMatch(grammar);
  });

  it('keeps to its grammar, and to what is read, for any mixture', () => {
    const random = seeded(7);
    for (let round = 0; round < 3000; round += 1) {
      const text = hostileText(random);
      const escaped = escapeMarkdown(text, Number.POSITIVE_INFINITY);
      expect(escaped).toMatch(grammar);
      const visible = text.replace(
        /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
        (unit) => `\\u{${unit.codePointAt(0)?.toString(16)}}`,
      );
      expect(rendered(escaped)).toBe(visible);
      const name = escapeName(text, Number.POSITIVE_INFINITY);
      expect(name).toMatch(grammar);
      expect(rendered(name)).toBe(visible);
      const message = escapeMessage(text, Number.POSITIVE_INFINITY);
      expect(message.replace(withCode, '$1')).toMatch(grammar);
      expect(rendered(message).replaceAll('`', '')).toBe(visible.replaceAll('`', ''));
    }
  });

  it('leaves nothing that GitHub links by itself', () => {
    expect(escapeMarkdown('@org/team')).toBe('@<!-- -->org/team');
    expect(escapeMarkdown('fixes #1, GH-7')).toBe('fixes &#35;<!-- -->1, GH<!-- -->-7');
    expect(escapeMarkdown('https://evil.example www.evil.example')).toBe(
      'https&#58;<!-- -->//evil.example www<!-- -->.evil.example',
    );
  });

  it('cuts before it escapes, so never inside an escape', () => {
    expect(escapeMarkdown('|'.repeat(50), 3)).toBe('&#124;&#124;&#124;…');
  });
});

describe('escapeName', () => {
  it('leaves a short name alone, and lets a long one break behind its parts', () => {
    expect(escapeName('job.json')).toBe('job.json');
    expect(escapeName('dga_1000_1.0_ingest_pipeline2.json').replaceAll('&#95;', '_')).toBe(
      'dga_1000_<wbr>1.0_ingest_<wbr>pipeline2.<wbr>json',
    );
  });

  it('leaves nothing of a long name in one piece', () => {
    for (const text of ['x'.repeat(200), '_'.repeat(200), '😀'.repeat(200), `a/${'b-'.repeat(90)}`]) {
      const pieces = escapeName(text)
        .replaceAll(/&#\d+;/g, '_')
        .split('<wbr>');
      expect(Math.max(...pieces.map((piece) => [...piece].length))).toBeLessThanOrEqual(28);
    }
  });
});

describe('escapeMessage', () => {
  it('shows what stands between backticks as code', () => {
    expect(escapeMessage('Script `a_b` is `c`.')).toBe('Script <code>a&#95;b</code> is <code>c</code>.');
  });

  it('leaves a backtick without a partner as it is', () => {
    expect(escapeMessage('a ` b')).toBe('a &#96; b');
    expect(escapeMessage('`a` ` b')).toBe('<code>a</code> &#96; b');
    expect(escapeMessage('`')).toBe('&#96;');
  });

  it('lets no datum close the code', () => {
    expect(escapeMessage('`</code><b>`')).toBe('<code>&#60;/code&#62;&#60;b&#62;</code>');
  });
});

describe('fenced', () => {
  it('is longer than any run of backticks in it', () => {
    const random = seeded(11);
    for (let round = 0; round < 500; round += 1) {
      const block = fenced(`${hostileText(random)}\n${'`'.repeat(round % 9)}`);
      const [first = '', ...rest] = block.trimEnd().split('\n');
      expect(rest.at(-1)).toBe(first);
      expect(rest.slice(0, -1).some((line) => line.includes(first))).toBe(false);
    }
  });

  it('keeps indentation by tabs', () => {
    expect(fenced('\ta\r\nb')).toBe('```\n    a\nb\n```\n');
  });
});
