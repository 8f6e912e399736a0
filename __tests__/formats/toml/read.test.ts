import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../src/domain/limits.ts';
import { readToml } from '../../../src/formats/toml/read.ts';
import { corpusBytes, corpusRows } from '../../corpus.ts';
import { placed } from '../spans.ts';

const read = (text: string | Buffer) => readToml(Buffer.from(text), 'rule.toml', defaultLimits);

async function found(text: string | Buffer): Promise<string[]> {
  const { findings, document } = await read(text);
  expect(document === undefined).toBe(findings.length > 0);
  return findings.map(placed);
}

describe('the corpus of documents', () => {
  const rows = corpusRows('document').filter(({ file }) => file.endsWith('.toml'));

  it('has the rows that it had', () => {
    expect(rows).toHaveLength(5);
  });

  it.each(rows)('$id: $wrong', async (row) => {
    const { document, findings } = await read(corpusBytes(row));
    expect(new Set(findings.map(({ check }) => check))).toEqual(new Set([row.check]));
    expect(document).toBeUndefined();
  });

  it('has variant 10 of the broken bundles at its line and column', async () => {
    const rows: readonly Record<string, string>[] = JSON.parse(
      readFileSync('__tests__/fixtures/broken/expected.json', 'utf8'),
    );
    const { variant, bundle, file, check, line, column } = rows.find((row) => row['check'] === 'toml-syntax') ?? {};
    const bytes = readFileSync(`__tests__/fixtures/broken/${variant}/${bundle}/${file}`);
    expect(await found(bytes)).toEqual([`${check} ${line}:${column}`]);
  });
});

describe('readToml', () => {
  it.each([
    ['duplicate key', '[rule]\nname = "a"\nname = "b"\n', 'toml-syntax 3:1'],
    ['unterminated string', 'a = 1\nb = "x\n', 'toml-syntax 2:7'],
    ['a key without a value', 'a = 1\r\nb =\r\n', 'toml-syntax 2:4'],
    ['a text without quotes', 'é = 1', 'toml-syntax 1:1'],
    ['a place behind an astral character', 'a = "😀" b', 'toml-syntax 1:10'],
    ['NUL', 'name = "a\0b"\n', 'toml-syntax 1:10'],
    ['a day that is none', '[m]\nd = 2026-02-30\n', 'toml-syntax 2:5'],
    ['29 February of a common year', '[m]\nd = 2025-02-29\n', 'toml-syntax 2:5'],
    ['31 April', 'd = 2026-04-31 10:00:00\n', 'toml-syntax 1:5'],
    ['the same inside an array and a moment', 'd = [2024-02-29, 2025-02-29T00:00:00Z]\n', 'toml-syntax 1:18'],
    ['a date with a blank in it', 'd = 2026-11- 2\n', 'toml-syntax 1:13'],
    ['an integer beyond a double', 'a = 1\nb = 9007199254740993\n', 'toml-syntax 2:5'],
    ['prototype keys', 'a = 1\n[__proto__]\nx = 1\n[constructor.prototype]\ny = 1\n', 'toml-forbidden-key 2:2'],
    ['a quoted prototype key', 'a."__pr\\u006fto__".b = 1', 'toml-forbidden-key 1:3'],
    ['prototype keys in an inline table', 'a = { b = { __proto__ = 1 } }', 'toml-forbidden-key 1:13'],
    ['prototype keys in an array', 'a = [[{ constructor.prototype = 1 }]]', 'toml-forbidden-key 1:21'],
    ['prototype keys in a second table of an array', '[[a]]\n[[a]]\n__proto__ = 1', 'toml-forbidden-key 3:1'],
    ['deep arrays', `a = ${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'toml-too-deep 1:21'],
    ['deep inline tables', `${'a = { '.repeat(20_000)}`, 'toml-too-deep 1:101'],
    ['deep dotted keys', `${'a.'.repeat(30_000)}b = 1`, 'toml-too-deep 1:33'],
    ['deep dotted headers', `[${'a.'.repeat(30_000)}b]`, 'toml-too-deep 1:34'],
    ['depth of both kinds together', `[a.b.c.d.e.f.g.h]\ni.j.k = [[[[[[[1]]]]]]]`, 'toml-too-deep 2:15'],
    ['a byte-order mark', '\ufeffa = 1', 'toml-syntax 1:1'],
    ['UTF-16', Buffer.from('a = 1', 'utf16le'), 'toml-syntax 1:1'],
    ['bytes that are no UTF-8', Buffer.from('a = "\xff"', 'latin1'), 'toml-syntax 1:6'],
  ])('refuses %s at its place', async (_, text, expected) => {
    expect((await found(text))[0]).toBe(expected);
  });

  it('says what to write', async () => {
    const { findings } = await read('severity = low\n');
    expect(findings[0]?.message).toContain('`low`');
    expect(findings[0]?.help).toContain('double quotes');
    expect((await read('d = 2026-02-30')).findings[0]?.message).toContain('2026-02-30');
    expect((await read('d = 9007199254740993')).findings[0]?.help).toContain('string');
  });

  it('finds every prototype key, up to the cap', async () => {
    const tables = Array.from({ length: 30 }, (_, index) => `[t${index}.__proto__]\n`);
    expect(await found(tables.slice(0, 3).join(''))).toEqual([1, 2, 3].map((line) => `toml-forbidden-key ${line}:5`));
    expect(await found(tables.join(''))).toHaveLength(20);
  });

  it('is exact about size and depth', async () => {
    const limits = { tomlBytes: 100, tomlDepth: 3 };
    const judge = async (text: string) =>
      (await readToml(Buffer.from(text), 'f', limits)).findings.map(({ check }) => check);
    expect(await judge(`# ${'x'.repeat(98)}`)).toEqual([]);
    expect(await judge(`# ${'x'.repeat(99)}`)).toEqual(['toml-too-large']);
    expect(await judge('[a.b]\nc = [1]')).toEqual([]);
    expect(await judge('[a.b]\nc = [[1]]')).toEqual(['toml-too-deep']);
    expect(await judge('a = [[[1]]]')).toEqual([]);
    expect(await judge('a = [[[[]]]]')).toEqual(['toml-too-deep']);
    expect(await judge('a.b.c.d = 1')).toEqual([]);
    expect(await judge('a.b.c.d.e = 1')).toEqual(['toml-too-deep']);
  });

  it.each([
    [
      'brackets, dots and dates in strings and comments',
      `a = "${'['.repeat(40)} 2026-02-30"\n# ${'a.'.repeat(40)}\nb = '''\n${'[['.repeat(40)}\n2026-02-30'''\n`,
    ],
    ['quotes at the end of a long string', 'a = """x""""\nb = 2026-02-28\n'],
    ['a key like a date', '2026-02-30 = 1\n[2026-02-31.x]\ny = 1\n'],
    ['a constructor that is no prototype', 'constructor = "x"\nprototype = 1\n[a.constructor]\nname = "y"\n'],
    ['a version with dots', `v = "${'1.'.repeat(50)}"\n`],
    ['CRLF', 'a = 1\r\n[b]\r\nc = """x\r\ny"""\r\n'],
    ['nothing', ''],
  ])('takes %s', async (_, text) => {
    expect(await found(text)).toEqual([]);
  });

  it('gives dates as text', async () => {
    const { document } = await read('d = 2024-02-29\nt = [2024-02-29T01:02:03Z, 07:32:00]\n[rule]\nid = "x"\n');
    expect(document?.value).toEqual({
      d: '2024-02-29',
      t: ['2024-02-29T01:02:03.000Z', '07:32:00.000'],
      rule: { id: 'x' },
    });
  });

  it('gives the lines of a text that is not valid', async () => {
    expect((await read('a = 1\r\nb = low\r\n')).line(2)).toBe('b = low');
  });
});
