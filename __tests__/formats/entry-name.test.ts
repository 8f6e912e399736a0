import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/domain/limits.ts';
import { checkEntryName, collisionKey, decodeEntryName, quoteName } from '../../src/formats/entry-name.ts';
import { EntryNames } from '../../src/formats/entry-names.ts';
import { createRandom } from '../random.ts';

const check = (name: string) => checkEntryName(name, defaultLimits);

describe('ordinary names', () => {
  it.each([
    'ML-DGA-20261122-2/dga_1000_1.0_model.json',
    '_dev/labels.jsonl',
    '.DS_Store',
    '.github/workflows/ci.yml',
    'ML model (2).json',
    "Q&A, Bob's [final] {v2} #3 @home = 1+1!.txt",
    'notes-über.json',
    '日本語/モデル.json',
    'ไทย ประโยค.txt',
    'हिन्दी.txt',
    '__proto__',
    'toString',
    'console.json',
    'com10.txt',
    'lpt.txt',
    'a..b',
    '...a',
    '..a/b',
    'x'.repeat(255),
    `${'d/'.repeat(7)}f`,
  ])('%s', (name) => {
    expect(check(name)).toEqual({ path: name, directory: false });
  });

  it('a trailing slash says folder, and is no part of the path', () => {
    expect(check('top/sub/')).toEqual({ path: 'top/sub', directory: true });
  });
});

describe('names that leave the folder', () => {
  it.each([
    '/etc/passwd',
    '\\evil',
    '\\\\host\\share\\x',
    '//host/x',
    'C:\\x',
    'c:/x',
    'C:evil.json',
    'Z:',
    '/',
    '/../x',
  ])('%s is absolute', (name) => {
    expect(check(name).finding?.check).toBe('archive-absolute-path');
  });

  it.each([
    '..',
    '../x',
    'a/../../x',
    'a/..',
    'a/../',
    '..\\x',
    'a\\..\\x',
    'a/..\\../x',
    '.. /x',
    'a/... /x',
    '../\u0000',
  ])('%j climbs', (name) => {
    expect(check(name).finding?.check).toBe('archive-path-traversal');
  });
});

describe('names that are not safe everywhere', () => {
  it.each<[string, string]>([
    ['', 'has an empty part'],
    ['a//b', 'has an empty part'],
    ['a/./b', 'has a part "."'],
    ['./a', 'has a part "."'],
    ['a\\b', 'holds a "\\"'],
    ['a.json:evil', 'hidden stream'],
    ['a/C:/x', 'hidden stream'],
    ['x\n::error::y', 'holds U+000A'],
    ['x\r::add-mask::y', 'holds U+000D'],
    ['a\u0000.json', 'holds U+0000'],
    ['a\u001b[2J', 'holds U+001B'],
    ['a\u0085b', 'holds U+0085'],
    ['a\u202egnp.exe', 'holds U+202E'],
    ['a\u200bb', 'holds U+200B'],
    ['a\u3164b', 'holds U+3164'],
    ['a\ufe0fb', 'holds U+FE0F'],
    ['a\ud800b', 'holds U+D800'],
    ['a<b', 'holds "<"'],
    ['a|b', 'holds "|"'],
    ['a*b', 'holds "*"'],
    ['a"b', 'holds """'],
    ['a$b', 'holds "$"'],
    ['a%0Ab', 'holds "%"'],
    ['a`b', 'holds "`"'],
    ['a;b', 'holds ";"'],
    ['🙂', 'holds U+1F642'],
    ['-rf', 'begins with "-"'],
    ['~user', 'begins with "~"'],
    [' a', 'begins with U+0020'],
    ['a/\u0301b', 'begins with U+0301'],
    ['CON', 'reserved on Windows'],
    ['con.json', 'reserved on Windows'],
    ['a/aux/b', 'reserved on Windows'],
    ['NUL .txt', 'reserved on Windows'],
    ['com1.tar.gz', 'reserved on Windows'],
    ['COM¹', 'reserved on Windows'],
    ['LPT9', 'reserved on Windows'],
    ['trail.', 'ends in a dot or a blank'],
    ['trail ', 'ends in a dot or a blank'],
    ['a/b./c', 'ends in a dot or a blank'],
    ['e\u0301', 'not in Unicode form NFC'],
    ['x'.repeat(256), 'has a part of 256 bytes; the limit is 255'],
    ['é'.repeat(128), 'has a part of 256 bytes; the limit is 255'],
    [`${'d/'.repeat(8)}f`, 'is 9 levels deep; the limit is 8'],
    ['x/'.repeat(600), 'has 1199 bytes; the limit for a path is 1024'],
  ])('%j', (name, reason) => {
    const { finding } = check(name);
    expect(finding?.check).toBe('archive-unsafe-name');
    expect(finding?.message).toContain(reason);
    expect(finding?.help).toContain('Rename');
  });

  it('every control, bidirectional and invisible character is one', () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const character = String.fromCharCode(code);
      if (!/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u.test(character) || character === ' ') continue;
      expect(check(`a${character}b`).finding?.check, code.toString(16)).toBe('archive-unsafe-name');
    }
  });

  it('no name takes long, and messages stay short', () => {
    const random = createRandom(4);
    const alphabet = ['.', '/', '\\', ' ', 'a', '-', 'é', '\u0301', ':', '..', '../'];
    for (let round = 0; round < 50; round += 1) {
      const name = Array.from({ length: 50_000 }, () =>
        random.pick(round % 2 ? alphabet : [random.pick(alphabet)]),
      ).join('');
      const { finding } = check(name);
      expect(finding?.message.length ?? 0).toBeLessThan(300);
      expect(new EntryNames(defaultLimits).add(name, false)).toBeUndefined();
    }
  });
});

describe('bytes of names', () => {
  it('are ASCII, or UTF-8 that is said to be UTF-8', () => {
    expect(decodeEntryName(Buffer.from('a.json'), false)).toBe('a.json');
    expect(decodeEntryName(Buffer.from('ü.json'), true)).toBe('ü.json');
    expect(decodeEntryName(Buffer.from('ü.json'), false)).toMatchObject({ check: 'archive-unsafe-name' });
    expect(decodeEntryName(Buffer.from([0xff, 0xfe]), true)).toMatchObject({
      message: expect.stringContaining('are not'),
    });
    // Surrogates, and more bytes than needed for one character: neither is UTF-8.
    expect(decodeEntryName(Buffer.from('eda080', 'hex'), true)).toMatchObject({ check: 'archive-unsafe-name' });
    expect(decodeEntryName(Buffer.from('c0af', 'hex'), true)).toMatchObject({ check: 'archive-unsafe-name' });
  });
});

describe('keys and quotes', () => {
  it.each([
    ['A.json', 'a.JSON'],
    ['\u00e9', 'e\u0301'],
    ['\ufb01le', 'file'],
    ['Ａ', 'a'],
    ['\u212a', 'k'],
  ])('%s and %s are one file on some disk', (one, other) => {
    expect(collisionKey(one)).toBe(collisionKey(other));
  });

  it('different names have different keys', () => {
    expect(new Set(['a', 'b', 'ä', 'a-', 'a_'].map(collisionKey)).size).toBe(5);
  });

  it('a long name is shown by its ends', () => {
    expect(quoteName('a.json')).toBe('"a.json"');
    expect(quoteName(`${'a'.repeat(5000)}.json`)).toHaveLength(93);
  });
});
