import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { corpusBytes, corpusRows } from '../../corpus.ts';
import { createRandom, type Random } from '../../random.ts';
import { craft } from './crafted.ts';
import { demandAgreement, readOurs } from './readers.ts';
import { anyZip } from './written.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/zip/${name}.zip`, import.meta.url));
const bases = [
  ...corpusRows('archive-zip')
    .filter(({ expected, id }) => expected === 'accept' && id !== 'B04')
    .map(corpusBytes),
  ...['info-zip', 'info-zip-streamed', 'info-zip-zip64', 'python', 'python-streamed-zip64'].map(fixture),
  craft([{ name: 'a/' }, { name: 'a/x', content: Buffer.from('abc'), method: 0 }], { zip64: true }),
];

describe('a damaged or forged archive', () => {
  it('is refused, or read as other readers read it: bytes', async () => {
    const seen = await readAll(3000, (random) => mutate(random.pick(bases), random));
    // Times, versions and ids of users may change without harm: the test would be idle if nothing were accepted.
    expect(seen.accepted).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(2000);
  });

  it('is refused, or read as other readers read it: fields, in one header or in both', async () => {
    const seen = await readAll(2000, forge);
    expect(seen.accepted).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(1000);
  });
});

async function readAll(
  count: number,
  make: (random: Random) => Buffer,
): Promise<{ accepted: number; refused: number }> {
  const seen = { accepted: 0, refused: 0 };
  for (let seed = 0; seed < count; seed += 1) {
    const archive = make(createRandom(seed));
    try {
      const { findings, contents, members } = await readOurs(archive);
      if (findings.length > 0) {
        seen.refused += 1;
        continue;
      }
      seen.accepted += 1;
      expect(contents.size).toBe(members.length);
      await demandAgreement(archive, contents);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
  return seen;
}

/** One byte changed, or a piece cut out, doubled, moved in from another archive, or blanked. */
function mutate(base: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(base);
  const at = random.below(bytes.length);
  const length = 1 + random.below(random.pick([4, 30, 200]));
  switch (random.below(8)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 2: {
      const other = random.pick(bases);
      const from = random.below(other.length);
      return Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + length), bytes.subarray(at)]);
    }
    case 3:
      return bytes.fill(random.pick([0, 0xff]), at, Math.min(bytes.length, at + length));
    default:
      bytes[at] = random.pick([random.below(256), (bytes[at] ?? 0) ^ (1 << random.below(8))]);
      return bytes;
  }
}

/** A sound archive of which one field says something else. */
function forge(random: Random): Buffer {
  const { entries, archive } = anyZip(random);
  const index = random.below(entries.length);
  const entry = entries[index];
  if (entry === undefined) throw new Error('no entry');
  const number = () =>
    random.pick([0, 1, 2, 7, 8, 9, 20, 45, 0xffff, random.below(2 ** 16), random.below(2 ** 31), 0xffffffff]);
  const short = () => number() % 0x10000;
  const change = random.pick([
    () => ({ flags: short() }),
    () => ({ method: random.pick([0, 1, 8, 9, 12, 14, 93, 99]) }),
    () => ({ crc: number() }),
    () => ({ size: number() }),
    () => ({ compressedSize: number() }),
    () => ({ versionNeeded: short() }),
    () => ({ extra: random.bytes(random.below(40)) }),
    () => ({ name: random.bytes(1 + random.below(12)) }),
    () => ({ attributes: number() }),
    () => ({ madeBy: short() }),
    () => ({ offset: number() }),
    () => ({ comment: random.bytes(random.below(30)) }),
  ])();
  const where = random.pick(['local', 'central', 'both'] as const);
  entries[index] = { ...entry, [where]: { ...entry[where], ...change } };
  return craft(entries, archive);
}
