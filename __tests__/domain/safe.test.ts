import { describe, expect, it } from 'vitest';
import { safe } from '../../src/domain/safe.ts';

describe('safe', () => {
  it.each([
    ['a\nb', 'a\\u{a}b'],
    ['\u001b[31m', '\\u{1b}[31m'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['a\u200bb', 'a\\u{200b}b'],
    ['\u0085', '\\u{85}'],
    ['\ud800', '\\u{d800}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ufeff', '\\u{feff}'],
    ['über 😀 名', 'über 😀 名'],
  ])('%j becomes %j', (text, expected) => {
    expect(safe(text)).toBe(expected);
  });

  it('leaves no character of any control or format category, whatever it is given', () => {
    const all = Array.from({ length: 0x11000 }, (_, point) => String.fromCodePoint(point)).join('');
    expect(safe(all, all.length)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  it('cuts long text', () => {
    expect(safe('x'.repeat(1000), 10)).toBe(`${'x'.repeat(10)}…`);
  });
});
