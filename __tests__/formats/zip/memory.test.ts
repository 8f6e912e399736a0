import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { dataDescriptor, directoryRecord, endRecords, localHeader } from '../../../src/formats/zip/records.ts';
import { createRandom } from '../../random.ts';
import { openFolder, program } from '../child.ts';

const folder = openFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const block = Buffer.from(
  createRandom(1)
    .bytes(512 * 1024)
    .toString('hex'),
);
/** Blocks of 1 MiB: 300 MiB, far more than may be held. */
const blocks = 300;
/** What reading may take, all of Node included. */
const megabytes = 150;

it.each([0, 8] as const)(`reading 300 MiB takes less than ${megabytes} MB, method %i`, (method) => {
  const archive = join(folder, `${method}.zip`);
  const sha256 = writeLarge(archive, method);
  const read = program(
    folder,
    'read',
    `import { defaultLimits } from '../domain/limits.ts';
    import { openFileSource } from './file-source.ts';
    import { readZip } from './zip/read.ts';
    const source = openFileSource(process.argv[2]);
    let bytes = 0;
    const visit = () => (chunk) => { bytes += chunk.length; };
    const { members, findings } = await readZip(source, defaultLimits, visit);
    source.verifyUnchanged();
    source.close();
    console.log(JSON.stringify({ members, findings, bytes, rss: process.resourceUsage().maxRSS / 1000 }));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [read, archive], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { members, findings, bytes, rss } = JSON.parse(stdout);
  expect(findings).toEqual([]);
  expect(members).toMatchObject([{ path: 'large.json', size: blocks * block.length, sha256 }]);
  expect(bytes).toBe(blocks * block.length);
  expect(rss).toBeLessThan(megabytes);
});

it(`writing 300 MiB takes less than ${megabytes} MB`, () => {
  const write = program(
    folder,
    'write',
    `import { zipStream } from './zip/write.ts';
    const block = Buffer.alloc(1024 * 1024, 'some content, ');
    const open = function* () { for (let i = 0; i < ${blocks}; i += 1) yield block; };
    let bytes = 0;
    for await (const chunk of zipStream([{ path: 'a', size: ${blocks} * block.length, open }])) bytes += chunk.length;
    console.log(JSON.stringify({ bytes, rss: process.resourceUsage().maxRSS / 1000 }));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [write], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { bytes, rss } = JSON.parse(stdout);
  expect(bytes).toBeGreaterThan(100_000);
  expect(rss).toBeLessThan(megabytes);
});

/** Writes one entry of many equal blocks; deflated once and repeated, since each block ends in a full flush. */
function writeLarge(path: string, method: 0 | 8): string {
  const flushed = deflateRawSync(block, { level: 1, finishFlush: constants.Z_FULL_FLUSH });
  const piece = method === 8 ? flushed : block;
  const last = method === 8 ? Buffer.from('0300', 'hex') : Buffer.alloc(0);
  const hash = createHash('sha256');
  let crc = 0;
  for (let index = 0; index < blocks; index += 1) {
    hash.update(block);
    crc = crc32(block, crc);
  }
  const sizes = { size: blocks * block.length, compressedSize: blocks * piece.length + last.length };
  const entry = { name: Buffer.from('large.json'), offset: 0, method, streamed: true, zip64: false, crc, ...sizes };
  const file = openSync(path, 'w');
  let offset = writeSync(file, localHeader(entry));
  for (let index = 0; index < blocks; index += 1) offset += writeSync(file, piece);
  offset += writeSync(file, Buffer.concat([last, dataDescriptor(entry)]));
  const directory = directoryRecord(entry);
  writeSync(file, Buffer.concat([directory, endRecords(1, offset, directory.length)]));
  closeSync(file);
  return hash.digest('hex');
}
