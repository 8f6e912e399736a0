import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../src/formats/json/read.ts';
import { corpusBytes, corpusRows } from '../../corpus.ts';
import { covered, placed } from '../spans.ts';

const read = (text: string | Buffer, depth = 64) => readJson(Buffer.from(text), 'file.json', { depth });
const found = async (text: string | Buffer): Promise<string[]> => (await read(text)).findings.map(placed);

describe('the corpus of documents', () => {
  const rows = corpusRows('document').filter(({ file }) => file.endsWith('.json'));
  // A well-formed document whose names are wrong is for the checks of jobs.
  const readers = rows.filter(({ check }) => !check.startsWith('ml-job'));
  const wellFormed = rows.filter(({ check }) => check.startsWith('ml-job'));

  it('has the rows that it had', async () => {
    expect([readers.length, wellFormed.length]).toEqual([11, 3]);
  });

  it.each(readers)('$id: $wrong', async (row) => {
    const { document, findings } = await read(corpusBytes(row));
    expect(new Set(findings.map(({ check }) => check))).toEqual(new Set(row.check === '' ? [] : [row.check]));
    expect(document === undefined).toBe(row.expected === 'reject');
  });

  it.each(wellFormed)('$id: $wrong is read', async (row) => {
    expect((await read(corpusBytes(row))).findings).toEqual([]);
  });
});

describe('the broken bundles', () => {
  const expectations: readonly Record<string, string>[] = JSON.parse(
    readFileSync('__tests__/fixtures/broken/expected.json', 'utf8'),
  );

  it.each(['03-duplicate-key', '04-nan-leaf'])('%s at its line and column', async (variant) => {
    const { bundle, file, check, line, column } = expectations.find((row) => row['variant'] === variant) ?? {};
    const bytes = readFileSync(`__tests__/fixtures/broken/${variant}/${bundle}/${file}`);
    const { findings } = await readJson(bytes, 'model.json', { depth: 256 });
    expect(findings.map(placed)).toEqual([`${check} ${line}:${column}`]);
  });
});

describe('syntax', () => {
  it.each([
    ['', '1:1', 'empty', 'Write one JSON value'],
    [' \n ', '1:1', 'empty', 'Write one JSON value'],
    ['{"a":1,}', '1:7', 'comma', 'Remove'],
    ['[\r\n1,\r\n]', '2:2', 'comma', 'Remove'],
    ['{"a":NaN}', '1:6', '`NaN`', '`null`'],
    ['[-Infinity]', '1:2', '`-Infinity`', '`null`'],
    ['[None]', '1:2', '`None`', '`null`'],
    ['[True]', '1:2', '`True`', '`true`'],
    ['[undefined]', '1:2', '`undefined`', '`null`'],
    ['[01]', '1:2', '`01`', 'leading zero'],
    ['[-012]', '1:2', '`-012`', 'leading zero'],
    ['[+1]', '1:2', '`+1`', '`+`'],
    ['[.5]', '1:2', '`.5`', 'digit on both sides'],
    ['[1.]', '1:2', '`1.`', 'digit on both sides'],
    ['[1e]', '1:2', '`1e`', 'Numbers'],
    ['[1.5.2]', '1:2', '`1.5.2`', 'Numbers'],
    ['[0x1F]', '1:2', '`0x1F`', 'hexadecimal'],
    ['[-]', '1:2', '`-`', 'Numbers'],
    ["['a']", '1:2', "`'a'`", '`"`'],
    ['[“a”]', '1:2', '`“a”`', '`"`'],
    ['{name:1}', '1:2', '`name`', 'double quotes'],
    ['[1 /* c */]', '1:4', '`/* c */`', 'Remove'],
    ['// c\n[1]', '1:1', '`// c`', 'Remove'],
    ['[1 /', '1:4', '`/`', ''],
    ['{"a" 1}', '1:6', '`:` is expected', ''],
    ['{"a":1 "b":2}', '1:8', '`"b"`', ''],
    ['{"a":}', '1:6', '`}`', ''],
    ['{,}', '1:2', '`,`', ''],
    ['[,1]', '1:2', '`,`', ''],
    ['[1}', '1:3', 'the `[` at 1:1 is open', ''],
    ['{"a":1]', '1:7', 'the `{` at 1:1 is open', ''],
    ['[1,\n 2', '2:2', 'the `[` at 1:1 is not closed', 'cut short'],
    ['{"a"', '1:4', 'the `{` at 1:1 is not closed', 'cut short'],
    ['{} {}', '1:4', '`{`', 'one JSON value'],
    ['{"a":1}\n}', '2:1', '`}`', 'one JSON value'],
    ['["a\tb"]', '1:4', 'U+0009', '`\\t`'],
    ['["a\0b"]', '1:4', 'U+0000', '`\\u0000`'],
    ['["a\nb"]', '1:2', 'closing quote', '`\\n`'],
    ['["a', '1:2', 'closing quote', '`"`'],
    ['["a\\', '1:4', 'no escape', 'backslash'],
    ['["a\\x"]', '1:4', '`\\x`', 'backslash'],
    ['["\\u12g4"]', '1:3', '`\\u12g4`', 'four hexadecimal'],
    ['\0', '1:1', 'U+0000', ''],
    ['[\u00a01]', '1:2', 'U+00A0', ''],
    ['[1]\ufeff', '1:4', 'U+FEFF', ''],
    ['[tru]', '1:2', '`tru`', ''],
    ['[nullx]', '1:6', '`x`', ''],
    ['@', '1:1', '`@`', ''],
  ])('%j', async (text, place, says, help) => {
    const [finding, ...more] = (await read(text)).findings;
    expect(more).toEqual([]);
    expect(finding && placed(finding)).toBe(`json-syntax ${place}`);
    expect(finding?.message).toContain(says);
    expect(finding?.help ?? '').toContain(help);
    expect((await read(text)).document).toBeUndefined();
  });

  it.each(['{"source": """\n a "b"\n"""}', '{"""a""": 1}', '["""x', 'PUT _ingest/pipeline/x\n{"a":1}'])(
    'knows Kibana Dev Tools syntax: %j',
    async (text) => {
      const { findings } = await read(text);
      expect(findings.map(({ check }) => check)).toEqual(['json-syntax']);
      expect(findings[0]?.help).toContain('Kibana Dev Tools');
    },
  );

  it('goes on where a defect has one meaning only', async () => {
    const text = '{\n  "a": [NaN, Infinity,],\n  "b": """x""", // why\n  "b": 9007199254740993,\n}';
    expect(await found(text)).toEqual([
      'json-syntax 2:9',
      'json-syntax 2:14',
      'json-syntax 2:22',
      'json-syntax 3:8',
      'json-syntax 3:17',
      'json-duplicate-key 4:3',
      'json-number-range 4:8',
      'json-syntax 4:24',
    ]);
  });

  it('counts columns in UTF-16 units, lines at LF and CRLF, and never at a lone CR', async () => {
    expect(await found('["😀", NaN]')).toEqual(['json-syntax 1:8']);
    expect(await found('[\r\n  "é",\r\n\tNaN]')).toEqual(['json-syntax 3:2']);
    expect(await found('[\r\r NaN]')).toEqual(['json-syntax 1:5']);
  });

  it('shows at most 20 of a check, and counts the others', async () => {
    const { findings } = await read(`[${Array(50).fill('NaN').join(',')}]`);
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)?.message).toContain('30 more');
    expect(findings.at(-1)?.at?.span?.column).toBe(2 + 20 * 4);
  });

  it('gives the lines of a text that is not valid', async () => {
    expect((await read('{\r\n  "a": NaN\r\n}')).line(2)).toBe('  "a": NaN');
    expect((await read('{\n')).line(3)).toBeUndefined();
  });

  it('cuts and escapes what it quotes', async () => {
    const [finding] = (await read(`[${'\u202e'.repeat(500)}]`)).findings;
    expect(finding?.message).not.toMatch(/\u202e/);
    expect((await read(`{"${'k'.repeat(5000)}" 1}`)).findings[0]?.message.length).toBeLessThan(200);
    expect((await read(`["${'k'.repeat(5000)}" "${'k'.repeat(5000)}"]`)).findings[0]?.message.length).toBeLessThan(200);
  });
});

describe('depth', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  it('is exact', async () => {
    expect((await read(nested(64))).findings).toEqual([]);
    expect(await found(nested(65))).toEqual(['json-too-deep 1:65']);
    expect(await found(`${'{"a":'.repeat(64)}{}`)).toEqual(['json-too-deep 1:321']);
  });

  it.each(['[', '{"a":', '[{"a":'])('stops at 100,000 levels of %j', async (opening) => {
    expect((await read(opening.repeat(100_000), 1024)).findings.map(({ check }) => check)).toEqual(['json-too-deep']);
  });

  it('reads the deepest that any configuration allows', async () => {
    expect((await read(nested(1024), 1024)).document).toBeDefined();
  });
});

describe('keys', () => {
  it.each([
    ['{"a":1,"a":2}', '1:8'],
    ['{"a":1,"\\u0061":2}', '1:8'],
    ['{"\\u0061":1,"a":2}', '1:13'],
    ['{"\\u00e9":1,"é":2}', '1:13'],
    ['{"😀":1,"\\ud83d\\uDE00":2}', '1:9'],
    ['{"":1,"":2}', '1:7'],
    ['{"x":{"a":1},"x":{"a":1}}', '1:14'],
    ['[{"a":{"b":[{"c":1,\n"c":2}]}}]', '2:1'],
  ])('finds the key that stands twice in %j', async (text, place) => {
    expect(await found(text)).toEqual([`json-duplicate-key ${place}`]);
  });

  it('finds it among few keys and among many, at every position', async () => {
    for (const size of [2, 11, 12, 13, 14, 40]) {
      for (const spelling of ['k3', '\\u006b3']) {
        const names = Array.from({ length: size }, (_, index) => `"k${index}":${index}`);
        const text = `{${names.join(',\n')},\n"${spelling.replace('3', String(size >> 1))}":0}`;
        expect(await found(text)).toEqual([`json-duplicate-key ${size + 1}:1`]);
      }
    }
  });

  it('names the place of the first', async () => {
    expect((await read('{\n "a": 1,\n "a": 2}')).findings[0]?.message).toContain('2:2');
  });

  it('takes the same key in different objects, and keys that only look alike', async () => {
    const text = '{"a":{"a":[{"a":1},{"a":2}]},"b":{"a":1},"A":1,"ab":1,"acb":1,"adb":1,"é":1,"e\u0301":1}';
    expect(await found(text)).toEqual([]);
  });

  it.each([
    ['{"__proto__":1}', '1:2'],
    ['{"a":[{"__pr\\u006fto__":{}}]}', '1:8'],
    ['{"constructor":{"prototype":{}}}', '1:17'],
    ['{"constructor":{"x":{"constructor":1},"prototype":1}}', '1:39'],
    ['{"\\u0063onstructor":{"prototyp\\u0065":{}}}', '1:22'],
  ])('refuses %j', async (text, place) => {
    expect(await found(text)).toEqual([`json-forbidden-key ${place}`]);
  });

  it('takes words that are harmless', async () => {
    const text =
      '{"frequency_map":{"constructor":0.1,"prototype":0.2,"proto":1,"__proto":1,"toString":1},"prototype":{"constructor":{}},"x":{"constructor":[{"prototype":1}]}}';
    const { document, findings } = await read(text);
    expect(findings).toEqual([]);
    expect(document?.value).toEqual(JSON.parse(text));
  });
});

describe('encoding', () => {
  it.each([
    ['{"a":"\\ud800"}', '1:6'],
    ['{"\\udc00":1}', '1:2'],
    ['["\\ude00\\ud83d"]', '1:2'],
    ['["\\ud83dx\\ude00"]', '1:2'],
  ])('refuses half of a surrogate pair: %j', async (text, place) => {
    expect(await found(text)).toEqual([`json-encoding ${place}`]);
  });

  it('takes whole pairs, in either spelling', async () => {
    expect((await read('["\\ud83d\\uDE00😀"]')).document?.value).toEqual(['😀😀']);
  });

  it('refuses a surrogate in UTF-8 (CESU)', async () => {
    expect(await found(Buffer.from([0x5b, 0x22, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0x22, 0x5d]))).toEqual([
      'json-encoding 1:3',
    ]);
  });
});

describe('pickles', () => {
  it.each([
    ['protocol 2', Buffer.from([0x80, 2, 0x7d, 0x2e])],
    ['protocol 5', Buffer.from([0x80, 5, 0x95, 0, 0, 0, 0])],
    ['protocol 0, a global', 'cos\nsystem\n(S"id"\ntR.'],
    ['protocol 0, a dict', '(dp0\nS"a"\np1\nI1\ns.'],
    ['protocol 0, a list', '(lp0\nI1\na.'],
    ['protocol 0, an instance', '(ios\nsystem\n.'],
    ['protocol 1, a dict', Buffer.from('}q\0.')],
  ])('%s', async (_, bytes) => {
    const { findings } = await read(bytes);
    expect(findings.map(({ check }) => check)).toEqual(['model-pickle']);
    expect(findings[0]?.message).toContain('pickle');
  });

  it.each(['constant', 'cos\nsystem', '(1.', ']q', '{"a": "cos\\nsystem\\n."}'])('%j is none', async (text) => {
    expect((await read(text)).findings.map(({ check }) => check)).not.toContain('model-pickle');
  });
});

describe('locate', () => {
  const text = '{\r\n  "a/b": [1, {"c~d": "😀", "é": [true]}],\n  "": {"": 2},\n  "\\u0078": 3\n}';
  const reading = read(text);

  it.each([
    ['', 'value', text],
    ['/a~1b', 'key', '"a/b"'],
    ['/a~1b/0', 'value', '1'],
    ['/a~1b/0', 'key', '1'],
    ['/a~1b/1/c~0d', 'value', '"😀"'],
    ['/a~1b/1/é', 'value', '[true]'],
    ['/a~1b/1/é/0', 'value', 'true'],
    ['/', 'value', '{"": 2}'],
    ['//', 'value', '2'],
    ['/x', 'key', '"\\u0078"'],
  ] as const)('%j, the %s', async (pointer, part, expected) => {
    expect(covered(text, await (await reading).document?.locate(pointer, part))).toBe(expected);
  });

  it.each(['/b', '/a~1b/2', '/a~1b/01', '/a~1b/-', '/a~1b/1e0', '/a~1b/0/0', 'a', '/x/', '/a~1b/99999999999'])(
    '%j leads nowhere',
    async (pointer) => {
      expect(await (await reading).document?.locate(pointer)).toBeUndefined();
    },
  );
});
