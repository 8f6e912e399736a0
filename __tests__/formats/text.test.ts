import { describe, expect, it } from 'vitest';
import { createLines, decodeText, unitsOf } from '../../src/formats/text.ts';
import { createRandom } from '../random.ts';

const decode = (bytes: Buffer) => decodeText(bytes, 'a.json', 'json-encoding');
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('decodeText', () => {
  it.each(['', 'plain', 'é漢😀', 'a\0b', '\uffff\ufffe', '\u{10ffff}', 'x\ufeffy'])('takes %j', (text) => {
    expect(decode(Buffer.from(text))).toEqual({ text });
  });

  it.each([
    ['a byte-order mark', 'efbbbf 7b7d', 'byte-order mark'],
    ['UTF-16, little-endian', 'fffe 7b00 7d00', 'UTF-16 (little-endian)'],
    ['UTF-16, big-endian', 'feff 007b 007d', 'UTF-16 (big-endian)'],
    ['UTF-16 without a mark', '7b00 7d00', 'UTF-16 (little-endian)'],
    ['UTF-16 without a mark, big-endian', '007b 007d', 'UTF-16 (big-endian)'],
    ['UTF-32', 'fffe0000 7b000000', 'UTF-32'],
    ['UTF-32, big-endian', '0000feff 0000007b', 'UTF-32'],
  ])('refuses %s', (_, hex, says) => {
    const { finding } = decode(bytes(hex));
    expect(finding).toMatchObject({ check: 'json-encoding', at: { file: 'a.json', span: { line: 1, column: 1 } } });
    expect(finding?.message).toContain(says);
  });

  it.each([
    ['a lone continuation', '61 0d0a 62 80', '2:2', 'offset 4'],
    ['a short sequence', 'c3a9 f09f9880 c3 28', '1:4', 'offset 6'],
    ['an overlong slash', '61 c0af', '1:2', 'offset 1'],
    ['an overlong three', 'e09f80', '1:1', 'offset 0'],
    ['a surrogate', '61 eda080', '1:2', 'offset 1'],
    ['beyond Unicode', 'f4908080', '1:1', 'offset 0'],
    ['a byte of no sequence', '6161 ff', '1:3', 'offset 2'],
    ['the file cut inside a character', '61 e6bc', '1:2', 'offset 1'],
    ['a NUL before it', '00 00 ff', '1:3', 'offset 2'],
  ])('names the first wrong byte: %s', (_, hex, place, says) => {
    const { finding, text } = decode(bytes(hex));
    const span = finding?.at?.span;
    expect(`${span?.line}:${span?.column}`).toBe(place);
    expect(finding?.message).toContain(says);
    expect(text).not.toBe('');
  });

  it('agrees with the decoder of the platform about every sequence', () => {
    const random = createRandom(31);
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const leads = [0x41, 0x80, 0xbf, 0xc1, 0xc3, 0xe0, 0xe6, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff];
    for (let round = 0; round < 5000; round += 1) {
      const some = Array.from({ length: 1 + random.below(5) }, () =>
        random.chance(0.5) ? random.pick(leads) : 0x80 + random.below(0x40),
      );
      const all = Buffer.from([0x61, 0x62, 0x63, ...some]);
      let expected: string | undefined;
      try {
        expected = strict.decode(all);
      } catch {
        expected = undefined;
      }
      const { text, finding } = decode(all);
      expect(finding === undefined ? text : undefined).toBe(expected);
      if (finding === undefined) continue;
      // What stands before the named byte is right, and one byte more is not the start of anything right.
      const at = Number(/offset (\d+)/.exec(finding.message)?.[1]);
      expect(() => strict.decode(all.subarray(0, at))).not.toThrow();
    }
  });

  it('refuses more bytes than a string holds, without looking at them', () => {
    expect(decode(Buffer.alloc(536_870_889)).finding).toMatchObject({ check: 'file-too-large' });
  });
});

describe('createLines', () => {
  const lines = createLines('one\r\ntwo\n\nfo\rur\n');

  it('separates at LF and CRLF', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((number) => lines.line(number))).toEqual([
      undefined,
      'one',
      'two',
      '',
      'fo\rur',
      '',
      undefined,
    ]);
  });

  it('gives the place of every offset', () => {
    const text = 'a😀\r\n\n漢b';
    const all = createLines(text);
    const places = [...Array(text.length + 1).keys()].map((offset) => all.place(offset));
    expect(places).toEqual(['1:1', '1:2', '1:3', '1:4', '1:5', '2:1', '3:1', '3:2', '3:3']);
    expect(all.span(1, 7)).toEqual({ line: 1, column: 2, endLine: 3, endColumn: 2 });
  });
});

describe('unitsOf', () => {
  it.each(['', 'ascii', 'é', '漢\0😀\uffff'])('gives the units of %j', (text) => {
    const expected = [...Array(text.length).keys()].map((index) => text.charCodeAt(index));
    expect([...unitsOf(text, Buffer.from(text))]).toEqual(expected);
  });
});
