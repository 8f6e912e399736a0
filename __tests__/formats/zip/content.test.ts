import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../src/domain/limits.ts';
import { bufferSource } from '../../../src/formats/source.ts';
import { readZip } from '../../../src/formats/zip/read.ts';
import { createRandom } from '../../random.ts';
import { type CraftedEntry, craft } from './crafted.ts';
import { readOurs } from './readers.ts';

const mib = 1024 * 1024;
const random = createRandom(3);
/** Small entries are expanded in one call, those of 4 MiB or more as a stream: every rule holds for both. */
const sizes = { small: 50_000, large: 5 * mib } as const;
const text = (length: number) => Buffer.alloc(length, `{"gain": ${random.bytes(2000).toString('hex')}},\n`);

async function findingsOf(entry: CraftedEntry, limits = defaultLimits) {
  return (await readOurs(craft([entry, { name: 'top/z.json', content: Buffer.from('{}') }]), limits)).findings;
}

describe.each(Object.entries(sizes))('the content of a %s entry', (_, size) => {
  const content = text(size);
  const data = deflateRawSync(content, { level: 1 });
  const good: CraftedEntry = { name: 'top/a.json', content, data, method: 8 };

  it.each([0, 8])('is given whole and in order, method %i', async (method) => {
    const { contents, findings, members } = await readOurs(craft([{ name: 'top/a.json', content, method }]));
    expect(findings).toEqual([]);
    expect(contents.get('top/a.json')?.equals(content)).toBe(true);
    expect(members[0]).toMatchObject({ path: 'top/a.json', directory: false, size });
  });

  it.each<[string, CraftedEntry, string, string]>([
    ['longer than declared', { ...good, both: { size: size - 1 } }, 'archive-bomb', `the ${size - 1} bytes`],
    ['shorter than declared', { ...good, both: { size: size + 1 } }, 'archive-corrupt', `has ${size} bytes`],
    ['with another CRC', { ...good, both: { crc: 5 } }, 'archive-corrupt', '0x00000005'],
    ['with another CRC, stored', { ...good, data: content, method: 0, both: { crc: 5 } }, 'archive-corrupt', 'CRC-32'],
    [
      'with a byte behind the end of deflate',
      { ...good, data: Buffer.concat([data, Buffer.from('x')]) },
      'archive-corrupt',
      'stand 1 bytes',
    ],
    [
      'with much behind the end of deflate',
      { ...good, data: Buffer.concat([data, text(600_000)]) },
      'archive-corrupt',
      'stand 600000 bytes',
    ],
    [
      'with a second stream behind the first',
      { ...good, data: Buffer.concat([data, data]) },
      'archive-corrupt',
      `stand ${data.length} bytes`,
    ],
    ['cut off', { ...good, data: data.subarray(0, -3) }, 'archive-corrupt', 'damaged'],
    ['that is no deflate', { ...good, data: Buffer.alloc(size, 0xff) }, 'archive-corrupt', 'damaged'],
  ])('%s is refused', async (_defect, entry, check, words) => {
    const findings = await findingsOf(entry);
    expect(findings.map((finding) => finding.check)).toEqual([check]);
    expect(findings[0]).toMatchObject({ at: { file: 'top/a.json' }, message: expect.stringContaining(words) });
  });

  it('stops at the declared size: a sink never gets more', async () => {
    let given = 0;
    const source = bufferSource('x.zip', craft([{ ...good, both: { size: size / 2 } }]));
    const { findings } = await readZip(source, defaultLimits, () => (chunk) => {
      given += chunk.length;
    });
    expect(findings.map(({ check }) => check)).toEqual(['archive-bomb']);
    expect(given).toBeLessThanOrEqual(size / 2);
  });

  it('what a sink throws comes through', async () => {
    const source = bufferSource('x.zip', craft([good]));
    const sink = () => () => {
      throw new RangeError('from the sink');
    };
    await expect(readZip(source, defaultLimits, sink)).rejects.toThrow(new RangeError('from the sink'));
  });

  it('is hashed without a sink', async () => {
    const { members } = await readZip(bufferSource('x.zip', craft([good])), defaultLimits, () => undefined);
    const { members: again } = await readOurs(craft([good]));
    expect(members).toEqual(again);
  });
});

it('a deflated entry without a byte is damaged, even when it should be empty', async () => {
  const findings = await findingsOf({ name: 'top/a', method: 8, data: Buffer.alloc(0) });
  expect(findings.map(({ check }) => check)).toEqual(['archive-corrupt']);
  expect(await findingsOf({ name: 'top/a', method: 8, content: Buffer.alloc(0) })).toEqual([]);
});

describe('the magic of an archive', () => {
  it('is seen when deflate gives it byte by byte', async () => {
    // Thousands of empty blocks between the first bytes: a chunk of input gives next to no content.
    const gap = Buffer.alloc(300_000, Buffer.from('000000ffff', 'hex'));
    const flushed = (part: Buffer) => deflateRawSync(part, { finishFlush: constants.Z_FULL_FLUSH });
    const head = Buffer.from('1f8b08', 'hex');
    const rest = text(5 * mib);
    const parts = [...head].flatMap((byte) => [flushed(Buffer.from([byte])), gap]);
    const data = Buffer.concat([...parts, deflateRawSync(rest)]);
    const findings = await findingsOf({ name: 'top/a', content: Buffer.concat([head, rest]), data, method: 8 });
    expect(findings.map(({ check }) => check)).toEqual(['archive-nested']);
  });
});

describe('limits', () => {
  const zeros = (length: number): CraftedEntry => ({ name: 'top/zeros', content: Buffer.alloc(length) });
  const limits = { ...defaultLimits, entryBytes: 3000, expandedBytes: 5000, entries: 3, archiveBytes: 4000 };

  it.each<[string, CraftedEntry[], string, string]>([
    [
      'one entry',
      [{ name: 'a', content: text(3001) }],
      'archive-bomb',
      'expands to 3001 bytes; the limit for one entry is 3000',
    ],
    [
      'all entries',
      ['a', 'b', 'c'].map((name) => ({ name, content: text(2000) })),
      'archive-bomb',
      'The archive expands to 6000 bytes; the limit is 5000',
    ],
    [
      'the archive',
      [
        { name: 'a', content: random.bytes(2500), method: 0 },
        { name: 'b', content: random.bytes(2000), method: 0 },
      ],
      'archive-bomb',
      'bytes; the limit is 4000',
    ],
    [
      'the count',
      ['a', 'b', 'c', 'd'].map((name) => ({ name })),
      'archive-too-many-entries',
      'has 4 entries; the limit is 3',
    ],
  ])('of %s: message with value and limit', async (_, entries, check, words) => {
    const { findings } = await readOurs(craft(entries), limits);
    expect(findings.map((finding) => finding.check)).toEqual([check]);
    expect(findings[0]?.message).toContain(words);
  });

  it('of the ratio count past 1 MiB only, and say it', async () => {
    expect(await findingsOf(zeros(mib))).toEqual([]);
    const [finding] = await findingsOf(zeros(mib + 1));
    expect(finding?.check).toBe('archive-bomb');
    expect(finding?.message).toMatch(/expands \d+:1, to 1048577 bytes; the limit is 200:1/);
  });

  it('of the ratio hold for many small entries together', async () => {
    const entries = Array.from({ length: 17 }, (_, index) => ({ ...zeros(mib), name: `${index}` }));
    const { findings } = await readOurs(craft(entries));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toMatch(/The archive expands \d+:1/);
  });

  it('keep a visitor from being asked at all', async () => {
    let asked = 0;
    const visit = () => {
      asked += 1;
      return undefined;
    };
    await readZip(bufferSource('x.zip', craft([zeros(2 * mib)])), defaultLimits, visit);
    expect(asked).toBe(0);
  });
});
