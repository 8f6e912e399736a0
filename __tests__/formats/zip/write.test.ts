import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../src/domain/limits.ts';
import { type ZipInput, zipStream } from '../../../src/formats/zip/write.ts';
import { createRandom } from '../../random.ts';
import { openFolder, program } from '../child.ts';
import { readOurs } from './readers.ts';

const random = createRandom(9);

async function zipOf(inputs: readonly ZipInput[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of zipStream(inputs)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function file(path: string, content: Buffer, cut = content.length): ZipInput {
  return {
    path,
    size: content.length,
    *open() {
      for (let at = 0; at < content.length; at += cut) yield content.subarray(at, at + cut);
    },
  };
}

describe('the bytes of a zip', () => {
  it('are exactly these', async () => {
    const bytes = await zipOf([file('top/ü.json', Buffer.from('{}')), file('top/a', Buffer.alloc(0))]);
    const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
    const name = Buffer.from('top/ü.json');
    const deflated = deflateRawSync(Buffer.from('{}'), { level: 6 });
    const crc = '43bfa6a3';
    expect(bytes.toString('hex')).toBe(
      Buffer.concat([
        hex('504b0304 1400 0000 0000 0000 2100 00000000 00000000 00000000 0500 0000'),
        Buffer.from('top/a'),
        hex(`504b0304 1400 0008 0800 0000 2100 ${crc} 04000000 02000000 0b00 0000`),
        name,
        deflated,
        hex(
          '504b0102 1403 1400 0000 0000 0000 2100 00000000 00000000 00000000 0500 0000 0000 0000 0000 0000a481 00000000',
        ),
        Buffer.from('top/a'),
        hex(
          `504b0102 1403 1400 0008 0800 0000 2100 ${crc} 04000000 02000000 0b00 0000 0000 0000 0000 0000a481 23000000`,
        ),
        name,
        hex('504b0506 0000 0000 0200 0200 6c000000 50000000 0000'),
      ]).toString('hex'),
    );
  });

  it('do not depend on the order of the files, nor on how their content comes', async () => {
    const small = random.bytes(5000);
    const large = Buffer.concat(
      Array.from({ length: 340 }, () => Buffer.concat([random.bytes(250), Buffer.alloc(50_000, random.bytes(70))])),
    );
    expect(large.length).toBeGreaterThan(16 * 1024 * 1024);
    const whole = await zipOf([file('b', small), file('B', small), file('a/b', large)]);
    for (const cut of [1_000_003, 65_536, 4099]) {
      expect((await zipOf([file('a/b', large, cut), file('B', small, 7), file('b', small, cut)])).equals(whole)).toBe(
        true,
      );
    }
  });

  it.each([20_000, 20_000_000])('are right when a source reuses its buffer (%i bytes)', async (size) => {
    const content = Buffer.concat(
      Array.from({ length: size / 20_000 }, (_, index) => Buffer.alloc(20_000, `${index}, `)),
    );
    const reused = {
      path: 'a',
      size,
      *open() {
        const buffer = Buffer.alloc(20_000);
        for (let at = 0; at < size; at += buffer.length) {
          content.copy(buffer, 0, at);
          yield buffer;
        }
      },
    };
    expect((await zipOf([reused])).equals(await zipOf([file('a', content)]))).toBe(true);
  });

  it('sort by code unit, not by locale', async () => {
    const bytes = await zipOf(['b', 'C', 'd/b', 'd-b', 'D1'].map((path) => file(path, Buffer.alloc(0))));
    const { members } = await readOurs(bytes);
    expect(members.map(({ path }) => path)).toEqual(['C', 'D1', 'b', 'd-b', 'd/b']);
  });
});

it('the size of each entry in the archive is told as it is written', async () => {
  const told = new Map<string, number>();
  const inputs = [file('b', Buffer.alloc(17_000_000)), file('a', Buffer.from('{}')), file('c', Buffer.alloc(0))];
  const chunks: Buffer[] = [];
  for await (const chunk of zipStream(inputs, (path, size) => told.set(path, size))) chunks.push(chunk);
  const limits = { ...defaultLimits, ratio: 2000 };
  const { members } = await readOurs(Buffer.concat(chunks), limits);
  expect([...told]).toEqual(members.map(({ path, compressedSize }) => [path, compressedSize]));
});

describe('elsewhere and at another time', () => {
  const folder = openFolder();
  afterAll(() => rmSync(folder, { recursive: true }));
  const code = `
    import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
    import { join } from 'node:path';
    import { zipStream } from './zip/write.ts';
    const [folder, out, mask] = process.argv.slice(2);
    process.umask(Number(mask));
    const inputs = readdirSync(folder).map((name) => {
      const path = join(folder, name);
      return { path: name, size: statSync(path).size, open: () => [readFileSync(path)] };
    });
    const chunks = [];
    for await (const chunk of zipStream(inputs)) chunks.push(chunk);
    writeFileSync(out, Buffer.concat(chunks));
  `;

  it('the bytes are the same: time zone, umask, times and modes of files, language', () => {
    const zip = program(folder, 'zip', code);
    const made = [
      { TZ: 'UTC', mask: 0o022, time: 1_000_000_000, mode: 0o644, LANG: 'C' },
      { TZ: 'Pacific/Kiritimati', mask: 0o077, time: 1_700_000_000, mode: 0o600, LANG: 'de_DE.UTF-8' },
      { TZ: 'America/St_Johns', mask: 0o000, time: 1, mode: 0o755, LANG: 'tr_TR.UTF-8' },
    ].map(({ TZ, mask, time, mode, LANG }, index) => {
      const source = join(folder, `source-${index}`);
      mkdirSync(source);
      for (const name of index === 1 ? ['I.json', 'é.json', 'a.json'] : ['a.json', 'é.json', 'I.json']) {
        writeFileSync(join(source, name), `{"name": "${name}"}`, { mode });
        utimesSync(join(source, name), time, time);
      }
      const out = join(folder, `${index}.zip`);
      const env = { ...process.env, TZ, LANG, LC_ALL: LANG };
      const { status, stderr } = spawnSync(process.execPath, [zip, source, out, String(mask)], {
        env,
        encoding: 'utf8',
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return readFileSync(out).toString('hex');
    });
    expect(new Set(made).size).toBe(1);
  });
});

describe('a file that is not what it was', () => {
  it.each<[string, number, number]>([
    ['longer', 3, 4],
    ['shorter', 4, 3],
    ['gone', 4, 0],
    ['longer, and large', 20_000_000, 20_000_001],
    ['shorter, and large', 20_000_001, 20_000_000],
  ])('%s is a failure', async (_, size, given) => {
    const input = { path: 'top/a.json', size, open: () => [Buffer.alloc(given)] };
    await expect(zipOf([input])).rejects.toMatchObject({
      code: 'file-changed',
      message: expect.stringContaining('top/a.json'),
    });
  });

  it.each([10, 20_000_000])('one that never ends is stopped (%i bytes)', async (size) => {
    const input = {
      path: 'a',
      size,
      *open(): Generator<Buffer> {
        for (;;) yield Buffer.alloc(1000);
      },
    };
    await expect(zipOf([input])).rejects.toMatchObject({ code: 'file-changed' });
  });

  it.each([10, 20_000_000])('an error of its source comes through (%i bytes)', async (size) => {
    const input = {
      path: 'a',
      size,
      *open(): Generator<Buffer> {
        yield Buffer.alloc(5);
        throw new RangeError('from the source');
      },
    };
    await expect(zipOf([input])).rejects.toThrow(new RangeError('from the source'));
  });

  it('a reader that stops early closes the source', async () => {
    let closed = false;
    const input = {
      path: 'a',
      size: 40_000_000,
      *open(): Generator<Buffer> {
        try {
          for (;;) yield random.bytes(100_000);
        } finally {
          closed = true;
        }
      },
    };
    for await (const chunk of zipStream([input])) if (chunk.length > 1000) break;
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(true);
  });
});
