import { describe, expect, it } from 'vitest';
import { displayWidth, padEnd, plainLine, plainLines, plainText, wrap } from '../../src/reporters/line.ts';
import { commandIn } from './runner.ts';

describe('plainLine', () => {
  it.each([
    '::error::x',
    ' ::add-mask::x',
    '\u00a0\u3000::stop-commands::x',
    '\u034f::error::x',
    ':\u034f:error::x',
    '\ufe0f :\ufe0f:error::x',
    '##[error]x',
    'behind a text ##[add-mask]x',
    '#\u034f#[group]x',
    '###[group]x',
    '##[a]##[error]x',
  ])('breaks %j', (line) => {
    expect(commandIn(line)).toBeDefined();
    expect(commandIn(plainLine(line))).toBeUndefined();
    expect(plainLine(line).replaceAll('\\', '')).toBe(line);
  });

  it.each(['', 'text', 'a :: b', 'Foo::bar', ': :', '## [x]', '# [x]', 'a ## b'])('leaves %j as it is', (line) => {
    expect(plainLine(line)).toBe(line);
  });
});

describe('plainLine in colours', () => {
  it('breaks a command behind a colour code', () => {
    expect(plainLine('\u001b[1m ::error::x')).toBe('\u001b[1m \\::error::x');
  });
});

describe('plainText', () => {
  it('ends every line, and gives nothing of nothing', () => {
    expect(plainText(['a', '', '::b'])).toBe('a\n\n\\::b\n');
    expect(plainText([])).toBe('');
  });
});

describe('plainLines', () => {
  it('splits at every line break, and nowhere else', () => {
    expect(plainLines('a\r\nb\rc\nd\u2028e\u0085f', 9)).toEqual(['a', 'b', 'c', 'd\\u{2028}e\\u{85}f']);
  });

  it('cuts long lines', () => {
    expect(plainLines('abcdef', 3)).toEqual(['abc…']);
  });
});

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['漢字', 4],
    ['🚀', 2],
    ['\u001b[31mabc\u001b[39m', 3],
    ['→ … ✓', 5],
  ])('of %j is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
    expect(displayWidth(padEnd(text, 9))).toBe(9);
  });

  it('leaves a text alone that is wide enough', () => {
    expect(padEnd('abc', 2)).toBe('abc');
  });
});

describe('wrap', () => {
  it('breaks at spaces, up to the very width', () => {
    expect(wrap('aa bb cc', 5)).toEqual(['aa bb', 'cc']);
    expect(wrap('aa bb cc', 4)).toEqual(['aa', 'bb', 'cc']);
    expect(wrap('aaaaaaaa b', 4)).toEqual(['aaaaaaaa', 'b']);
    expect(wrap('', 4)).toEqual(['']);
  });
});
