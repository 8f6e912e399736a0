import { deflateRawSync } from 'node:zlib';
import type { Random } from '../../random.ts';
import { type CraftedArchive, type CraftedEntry, descriptor, extra, truthOf, zip64 } from './crafted.ts';

/** A zip as some tool might write it: right, in one of the many ways that the format leaves open. */
export function anyZip(random: Random): { entries: CraftedEntry[]; archive: CraftedArchive } {
  const names = anyNames(random);
  return { entries: names.map((name) => anyEntry(name, random)), archive: { zip64: random.chance(0.3) } };
}

/** Content as it is: text, noise, nothing; up to 200 KB. */
export function anyContent(random: Random): Buffer {
  const length = random.pick([0, 1, 7, 100, 5000, 200_000]);
  if (random.chance(0.3)) return random.bytes(Math.min(length, 3000));
  const word = `{"node": ${random.below(1000)}, "threshold": ${random.below(1e9)}},\n`;
  return Buffer.from(word.repeat(Math.ceil(length / word.length)).slice(0, length));
}

/** Names that do not collide, with and without the folders above them. */
export function anyNames(random: Random): string[] {
  const names = new Set<string>();
  const alphabet = ['a', 'B', '7', '_', '-', '.', ' ', '(', 'é', 'ß', '日', 'ж', 'ก'];
  const count = 1 + random.below(8);
  const folders = ['top/', 'top/sub/', 'top/sub-2/x.y/'].filter(() => random.chance(0.5));
  for (let index = 0; index < count; index += 1) {
    const middle = Array.from({ length: random.below(8) }, () => random.pick(alphabet)).join('');
    names.add(`top/${random.pick(['', 'sub/', 'sub-2/x.y/'])}n${index}${middle}x.json`);
  }
  return [...folders, ...names];
}

function anyEntry(name: string, random: Random): CraftedEntry {
  const ascii = Buffer.from(name).every((byte) => byte < 0x80);
  const utf8 = ascii && random.chance(0.7) ? 0 : 1 << 11;
  const unicodePath = extra(0x7075, Buffer.concat([Buffer.alloc(5, 1), Buffer.from(name)]));
  const harmless = [
    extra(0x5455, Buffer.alloc(5, 1)),
    extra(0x7875, Buffer.alloc(11)),
    extra(0xcafe, Buffer.alloc(0)),
    unicodePath,
  ];
  const fields = Buffer.concat(harmless.filter(() => random.chance(0.2)));
  if (name.endsWith('/')) return { name, flags: utf8, both: { extra: fields } };
  const content = anyContent(random);
  const method = random.pick([0, 8]);
  const level = random.pick([0, 1, 6, 9]);
  const data = method === 8 ? deflateRawSync(content, { level }) : content;
  const streamed = random.chance(0.5);
  const flags = utf8 | (streamed ? 8 : 0) | random.pick([0, 2, 4, 6]);
  const entry: CraftedEntry = { name, content, method, data, flags, both: { extra: fields } };
  const { numbers } = truthOf(entry);
  const { size, compressedSize } = numbers;
  const wide = random.chance(0.3);
  const beyond = 0xffffffff;
  return {
    ...entry,
    ...(streamed && { behind: descriptor(numbers, random.pick([12, 16, 20, 24])) }),
    ...(wide && {
      local: {
        versionNeeded: 45,
        size: beyond,
        compressedSize: beyond,
        extra: Buffer.concat([fields, streamed ? zip64(0, 0) : zip64(size, compressedSize)]),
      },
      central: random.pick([
        {},
        { versionNeeded: 45, size: beyond, extra: Buffer.concat([zip64(size), fields]) },
        { versionNeeded: 45, size: beyond, compressedSize: beyond, extra: zip64(size, compressedSize) },
      ]),
    }),
  };
}
