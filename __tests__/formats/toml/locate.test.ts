import { describe, expect, it } from 'vitest';
import { isArray, isObject, step, type Value } from '../../../src/domain/document.ts';
import { defaultLimits } from '../../../src/domain/limits.ts';
import { readToml } from '../../../src/formats/toml/read.ts';
import { createRandom, type Random } from '../../random.ts';
import { covered } from '../spans.ts';

const read = (text: string) => readToml(Buffer.from(text), 'rule.toml', defaultLimits);

async function place(text: string, pointer: string, part?: 'key' | 'value'): Promise<string> {
  const { document } = await read(text);
  return covered(text, await document?.locate(pointer, part)) ?? 'nowhere';
}

describe('locate', () => {
  const text = [
    '[metadata]',
    'a = { "q.k".z = [1, { d = "😀", e = 2 }] } # 😀',
    'b.c.d = 1',
    'b.c.e = 2',
    '[rule]',
    'machine_learning_job_id = [',
    '  "one", # first',
    '  "two",',
    ']',
    'note = """',
    'first',
    'second"""',
    '[[rule.threat]]',
    'framework = "x"',
    '[rule.threat.tactic]',
    'id = "1"',
    '[[rule.threat]]',
    'framework = "y"',
    '[[rule.threat.technique.deep]]',
    'id = "2"',
    '[late.child]',
    'k = 1',
    '[late]',
    'l = 2',
    '',
  ].join('\r\n');

  it.each([
    ['/metadata/a/q.k/z/1/d', 'value', '"😀"'],
    ['/metadata/a/q.k/z/1/d', 'key', 'd'],
    ['/metadata/a/q.k/z/1/e', 'value', '2'],
    ['/metadata/a/q.k/z/1', 'value', '{ d = "😀", e = 2 }'],
    ['/metadata/a/q.k', 'key', '"q.k"'],
    ['/metadata/a', 'key', 'a'],
    ['/metadata/b/c/e', 'value', '2'],
    ['/metadata/b/c/e', 'key', 'e'],
    ['/metadata/b/c', 'key', 'c'],
    ['/metadata/b/c', 'value', 'b.c.d = 1'],
    ['/rule', 'key', 'rule'],
    ['/rule/machine_learning_job_id/1', 'value', '"two"'],
    ['/rule/machine_learning_job_id', 'key', 'machine_learning_job_id'],
    ['/rule/note', 'value', '"""\r\nfirst\r\nsecond"""'],
    ['/rule/threat', 'key', 'threat'],
    ['/rule/threat/0/tactic/id', 'value', '"1"'],
    ['/rule/threat/0/tactic', 'key', 'tactic'],
    ['/rule/threat/1/framework', 'value', '"y"'],
    ['/rule/threat/1/technique/deep/0/id', 'value', '"2"'],
    ['/rule/threat/1/technique/deep', 'key', 'deep'],
    ['/rule/threat/1', 'value', '[[rule.threat]]\r\nframework = "y"'],
    ['/late', 'value', '[late]\r\nl = 2'],
    ['/late/child', 'value', '[late.child]\r\nk = 1'],
    ['', 'value', text],
  ] as const)('%s, the %s', async (pointer, part, expected) => {
    expect(await place(text, pointer, part)).toBe(expected);
  });

  it.each([
    '/nothing',
    '/rule/nothing',
    '/rule/threat/2',
    '/rule/threat/2/framework',
    '/rule/note/0',
    '/rule/machine_learning_job_id/2',
    '/rule/machine_learning_job_id/01',
    '/rule/machine_learning_job_id/x',
    'rule',
  ])('%s leads nowhere', async (pointer) => {
    expect(await place(text, pointer)).toBe('nowhere');
  });

  it('finds keys that a pointer escapes', async () => {
    expect(await place('"a/b~c" = 1\n', '/a~1b~0c')).toBe('1');
    expect(await place('"" = 1\n', '/')).toBe('1');
  });
});

interface Written {
  readonly text: string;
  readonly value: Value;
}

const keys = ['a', 'b-1', '0', '2026-02-30', '"q k"', "'l.m'", '"\\u00e9/"', '""', '"x~"'];
const scalars: readonly Written[] = [
  { text: '1_000', value: 1000 },
  { text: '-0x1F'.slice(1), value: 31 },
  { text: '1.5e3', value: 1500 },
  { text: 'true', value: true },
  { text: '"a\\tb ] \\" # 😀"', value: 'a\tb ] " # 😀' },
  { text: "'c:\\x'", value: 'c:\\x' },
  { text: '"""\nx\\\n   y"""', value: 'xy' },
  { text: "'''\n] = \"\n'''", value: '] = "\n' },
  { text: '2024-02-29', value: '2024-02-29' },
];

function keyOf(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1) : text.startsWith('"') ? JSON.parse(text) : text;
}

function writeValue(random: Random, depth: number): Written {
  const kind = depth === 0 ? 0 : random.below(4);
  if (kind === 1) {
    const items = Array.from({ length: random.below(4) }, () => writeValue(random, depth - 1));
    const space = random.pick(['', ' ', '\n', ' # ]\n']);
    return {
      text: `[${items.map(({ text }) => `${space}${text}`).join(',')}${space}]`,
      value: items.map(({ value }) => value),
    };
  }
  if (kind !== 2) return random.pick(scalars);
  const members = writeMembers(random, depth - 1);
  return { text: `{ ${members.map(([key, { text }]) => `${key} = ${text}`).join(', ')} }`, value: objectOf(members) };
}

function writeMembers(random: Random, depth: number): [string, Written][] {
  const chosen = new Set(Array.from({ length: random.below(5) }, () => random.pick(keys)));
  return [...chosen].map((key) => [key, writeValue(random, depth)]);
}

function objectOf(members: readonly [string, Written][]): Record<string, Value> {
  return Object.fromEntries(members.map(([key, { value }]) => [keyOf(key), value]));
}

/** A document of top-level keys, tables, tables of tables and tables of arrays, with its value. */
function writeDocument(random: Random): Written {
  const members = writeMembers(random, 3);
  const lines = members.map(([key, { text }]) => `${key} = ${text}`);
  const value = objectOf(members);
  for (const name of ['t1', '"t 2"']) {
    const body = writeMembers(random, 2);
    const inner = writeMembers(random, 1);
    lines.push(`[${name}]`, ...body.map(([key, { text }]) => `${key} = ${text}`));
    lines.push(`[${name}.inner.'x.y'] # ]`, ...inner.map(([key, { text }]) => `  ${key} = ${text}`));
    value[keyOf(name)] = { ...objectOf(body), inner: { 'x.y': objectOf(inner) } };
  }
  const elements = Array.from({ length: 1 + random.below(3) }, () => writeMembers(random, 1));
  for (const body of elements) lines.push('[[list.of]]', ...body.map(([key, { text }]) => `${key} = ${text}`));
  value['list'] = { of: elements.map(objectOf) };
  return { text: `${lines.join(random.pick(['\n', '\n\n', '\r\n']))}\n`, value };
}

function* pointers(value: Value, pointer = '', key?: string): Generator<[string, Value, string | undefined]> {
  if (pointer !== '') yield [pointer, value, key];
  if (isArray(value)) for (const [index, item] of value.entries()) yield* pointers(item, step(pointer, index));
  else if (isObject(value))
    for (const [name, item] of Object.entries(value)) yield* pointers(item, step(pointer, name), name);
}

describe('generated documents', () => {
  it('are read as their values, and each value and key is found where it stands', async () => {
    const random = createRandom(41);
    let asked = 0;
    for (let round = 0; round < 300; round += 1) {
      const { text, value } = writeDocument(random);
      const { document, findings } = await read(text);
      expect({ text, findings }).toEqual({ text, findings: [] });
      expect({ text, value: document?.value }).toEqual({ text, value });
      for (const [pointer, target, key] of pointers(value)) {
        const there = covered(text, await document?.locate(pointer)) ?? 'nowhere';
        if (there.startsWith('[') && !isArray(target)) {
          const header = /^\[\[?(.*?)\]\]?[ \r\n#]/.exec(`${there}\n`)?.[1] ?? '';
          expect({ pointer, header }).toEqual({ pointer, header: expect.stringMatching(/^(?:t1|"t 2"|list\.of)/) });
        } else if (!there.startsWith('[[')) {
          const again = await read(`v = ${there}`);
          expect({ text, pointer, value: again.document?.value }).toEqual({ text, pointer, value: { v: target } });
        }
        const named = covered(text, await document?.locate(pointer, 'key')) ?? 'nowhere';
        if (key !== undefined) expect({ text, pointer, key: keyOf(named) }).toEqual({ text, pointer, key });
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(3000);
  });
});
