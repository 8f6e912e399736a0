import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import { defaultLimits, type Limits } from '../../../src/domain/limits.ts';
import { openCompressedDefinition } from '../../../src/formats/json/compressed.ts';
import { readJson } from '../../../src/formats/json/read.ts';
import { createRandom } from '../../random.ts';

const mib = 1024 * 1024;
const definition = { trained_model: { tree: { feature_names: ['é'], tree_structure: [{ leaf_value: 1.5 }] } } };
const gzipped = gzipSync(JSON.stringify(definition));

async function open(compressed: Value, limits: Partial<Limits> = {}) {
  const bytes = Buffer.from(JSON.stringify({ model_id: 'x', compressed_definition: compressed }));
  const { document } = await readJson(bytes, 'model.json', { depth: 64 });
  if (document === undefined) throw new Error('the model itself is not valid');
  return await openCompressedDefinition(document, 'model.json', { ...defaultLimits, ...limits });
}

const base64 = (...parts: Buffer[]): string => Buffer.concat(parts).toString('base64');
const packed = (text: string): string => base64(gzipSync(text));

/** A gzip with any flags and fields in its header. */
function withHeader(flags: number, fields: string): Buffer {
  const header = Buffer.from(gzipped.subarray(0, 10));
  header[3] = flags;
  return Buffer.concat([header, Buffer.from(fields, 'latin1'), gzipped.subarray(10)]);
}

describe('openCompressedDefinition', () => {
  it('opens what Elasticsearch takes', async () => {
    expect(await open(base64(gzipped))).toEqual({ definition, findings: [] });
  });

  it('has nothing to say of a model without one', async () => {
    const { document } = await readJson(Buffer.from('{"definition":{}}'), 'model.json', { depth: 64 });
    expect(document && (await openCompressedDefinition(document, 'model.json', defaultLimits))).toEqual({
      findings: [],
    });
  });

  it.each([
    ['extra field', withHeader(4, '\x03\x00abc')],
    ['name', withHeader(8, 'a.json\0')],
    ['comment', withHeader(16, 'made by hand\0')],
    ['CRC of the header', withHeader(2, '\0\0')],
    ['all of them', withHeader(30, '\x02\x00abn\0c\0\0\0')],
  ])('passes over the %s of a gzip header', async (_, bytes) => {
    expect((await open(base64(bytes))).definition).toEqual(definition);
  });

  const wrongCrc = Buffer.from(gzipped);
  wrongCrc.writeUInt32LE(wrongCrc.readUInt32LE(gzipped.length - 8) ^ 1, gzipped.length - 8);
  const wrongSize = Buffer.from(gzipped);
  wrongSize.writeUInt32LE(7, gzipped.length - 4);
  const broken = Buffer.from(gzipped);
  // A block of the type that deflate does not have.
  broken[10] = 7;

  it.each([
    ['a number', 5, 'not a string'],
    ['an empty text', '', 'gzip'],
    ['a line break', `${base64(gzipped).slice(0, 20)}\n${base64(gzipped).slice(20)}`, 'character 21'],
    ['the alphabet of addresses', base64(gzipped).replace(/[+/]|A/, '-'), 'none of base64'],
    ['no padding', `${packed('{}').replace(/=+$/, '')}A`, 'end is incomplete'],
    ['bits beyond the end', `${base64(Buffer.from('a')).slice(0, 1)}R==`, 'end is incomplete'],
    ['something after the padding', 'YQ==YQ==', 'character 3'],
    ['no gzip', base64(Buffer.from('hello')), 'header of a gzip'],
    ['a header alone', base64(gzipped.subarray(0, 10)), 'header of a gzip'],
    ['an unclosed name', base64(withHeader(8, 'a'.repeat(9)).subarray(0, 19)), 'header of a gzip'],
    ['an unknown flag', base64(withHeader(0x20, '')), 'header of a gzip'],
    ['a cut stream', base64(gzipped.subarray(0, 40)), 'damaged'],
    ['a cut trailer', base64(gzipped.subarray(0, -3)), 'cut short'],
    ['a wrong CRC', base64(wrongCrc), 'CRC'],
    ['a wrong size', base64(wrongSize), 'size'],
    ['a broken stream', base64(broken), 'damaged'],
    ['a second member', base64(gzipped, gzipSync('{}')), 'first gzip member'],
    ['an empty second member', base64(gzipped, gzipSync('')), 'first gzip member'],
    ['bytes behind', base64(gzipped, Buffer.alloc(3)), '3 bytes'],
  ])('refuses %s', async (_, compressed, says) => {
    const opened = await open(compressed);
    expect(opened.definition).toBeUndefined();
    expect(opened.findings).toEqual([
      {
        check: 'model-definition-unreadable',
        message: expect.stringContaining(says),
        at: { file: 'model.json', pointer: '/compressed_definition' },
      },
    ]);
  });

  it.each([
    ['{"a":NaN}', '`NaN`', 'line 1, column 6'],
    ['{\n"a":1,"a":2}', '`"a"`', 'line 2, column 7'],
    ['{"__proto__":1}', '__proto__', 'line 1, column 2'],
    ['\ufeff{}', 'byte-order mark', 'line 1, column 1'],
    ['', 'empty', 'line 1, column 1'],
    ['{"a":1}{}', 'behind the end', 'line 1, column 8'],
  ])('says what and where inside: %j', async (text, says, where) => {
    const { definition: inner, findings } = await open(packed(text));
    expect(inner).toBeUndefined();
    expect(findings.map(({ check, at }) => [check, at?.pointer, at?.span])).toEqual([
      ['model-definition-unreadable', '/compressed_definition', undefined],
    ]);
    expect(findings[0]?.message).toContain(says);
    expect(findings[0]?.message).toContain(where);
  });

  it('names a pickle inside', async () => {
    const { findings } = await open(base64(gzipSync(Buffer.from([0x80, 4, 0x4e, 0x2e]))));
    expect(findings[0]?.message).toContain('pickle');
  });

  it('lets numbers that change be warnings', async () => {
    const { definition: inner, findings } = await open(packed('{"a":9007199254740993}'));
    expect(inner).toEqual({ a: 9007199254740992 });
    expect(findings.map(({ check, at }) => [check, at?.pointer])).toEqual([
      ['json-number-range', '/compressed_definition'],
    ]);
  });

  it('holds the limits while it inflates', async () => {
    const blanks = (size: number) => packed(`{"a":"${' '.repeat(size)}"}`);
    expect((await open(blanks(mib - 100))).findings).toEqual([]);
    expect((await open(blanks(2 * mib))).findings[0]?.message).toContain('expands to more than');
    expect((await open(blanks(2 * mib), { ratio: 2000 })).findings).toEqual([]);
    expect((await open(blanks(1000), { entryBytes: 500 })).findings[0]?.message).toContain('more than 500 bytes');
    expect((await open(blanks(1000), { entryBytes: 1007 })).findings[0]?.message).toContain('more than 1007 bytes');
    expect((await open(blanks(1000), { entryBytes: 1008 })).findings).toEqual([]);
    expect(
      (await open(packed(`${'['.repeat(40)}${']'.repeat(40)}`), { modelDepth: 39 })).findings[0]?.message,
    ).toContain('39');
  });

  it('gives findings or a definition for any damage, and never an error', async () => {
    const random = createRandom(21);
    for (let round = 0; round < 3000; round += 1) {
      const bytes = Buffer.from(gzipped);
      for (let changes = 1 + random.below(3); changes > 0; changes -= 1)
        bytes[random.below(bytes.length)] = random.below(256);
      const cut = bytes.subarray(0, random.chance(0.3) ? random.below(bytes.length) : undefined);
      const opened = await open(base64(cut));
      expect(opened.findings.length === 0).toBe(opened.definition !== undefined);
      if (opened.definition !== undefined) expect(opened.definition).toEqual(definition);
    }
  });
});
