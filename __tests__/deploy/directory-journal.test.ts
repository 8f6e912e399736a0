import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { link } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openDirectoryJournal } from '../../src/deploy/directory-journal.ts';
import type { Journal } from '../../src/deploy/journal.ts';
import { failureOf } from '../contracts/assets.ts';
import { journalContract, record } from '../contracts/journal.ts';
import { makeWorld } from './world.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  folders.push(folder);
  return join(folder, 'state', 'staging');
}

const withoutLinks: typeof link = async () => {
  throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
};

async function placeIn(options: { makeLink?: typeof link }) {
  const folder = newFolder();
  const open = (): Journal => openDirectoryJournal(folder, { target: 'staging', ...options });
  return { open, close: async () => rmSync(folder, { recursive: true, force: true }) };
}

journalContract('a folder', () => placeIn({}));
journalContract('a folder on a file system without links', () => placeIn({ makeLink: withoutLinks }));
journalContract('the memory of these tests', async () => {
  const world = makeWorld();
  return { open: () => world.open().journal, close: async () => undefined };
});

describe('a journal in a folder', () => {
  const open = (folder: string, target = 'staging'): Journal => openDirectoryJournal(folder, { target });

  it('is one file a deployment, with nothing beside it', async () => {
    const folder = newFolder();
    const journal = open(folder);
    await journal.begin(record(1));
    for (let turn = 0; turn < 3; turn += 1) await journal.write(record(1, { state: 'undoing' }));
    await journal.write(record(1, { state: 'undone' }));
    await journal.begin(record(2));
    expect(readdirSync(folder).sort()).toEqual(['1.5.json', '2.1.json']);
    expect(JSON.parse(readFileSync(join(folder, '2.1.json'), 'utf8'))).toEqual(record(2));
  });

  it('reads the newer of two revisions that a death left side by side, and takes the older one away', async () => {
    const folder = newFolder();
    await open(folder).begin(record(1));
    writeFileSync(join(folder, '1.2.json'), JSON.stringify(record(1, { state: 'undoing' })));
    const journal = open(folder);
    expect(await journal.list()).toEqual([record(1, { state: 'undoing' })]);
    await journal.write(record(1, { state: 'undone' }));
    expect(readdirSync(folder)).toEqual(['1.3.json']);
  });

  it('passes over what is not its own', async () => {
    const folder = newFolder();
    await open(folder).begin(record(1));
    for (const name of ['.aside-1', 'notes.json', '01.1.json', '1.x.json', '2.1.json.bak']) {
      writeFileSync(join(folder, name), 'anything');
    }
    expect(await open(folder).list()).toEqual([record(1)]);
  });

  it.each([
    ['is cut off', JSON.stringify(record(1)).slice(0, 300)],
    ['is of another number', JSON.stringify(record(2))],
    ['is empty', ''],
    ['is a list', '[]'],
    [
      'has a step that nobody knows',
      JSON.stringify({ ...record(1), steps: [{ operation: { do: 'burn' }, state: 'done' }] }),
    ],
    [
      'has an object of no type',
      JSON.stringify({ ...record(1), objects: [{ object: { type: 'disk', id: 'x' }, digest: '' }] }),
    ],
    [
      'has an id that is no text',
      JSON.stringify({ ...record(1), objects: [{ object: { type: 'job', id: 1 }, digest: '' }] }),
    ],
    ['has a state that nobody knows', JSON.stringify({ ...record(1), state: 'paused' })],
    ['has no process', JSON.stringify({ ...record(1), process: null })],
    ['has no moment', JSON.stringify({ ...record(1), writtenAt: 'yesterday' })],
  ])('does not trust a record that %s', async (_, text) => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '1.1.json'), text);
    const failure = await failureOf(open(folder).list());
    expect(failure?.code).toBe('state-invalid');
    expect(failure?.message).toContain('1.1.json');
    expect(readFileSync(join(folder, '1.1.json'), 'utf8')).toBe(text);
  });

  it('holds the deployments of one target only', async () => {
    const folder = newFolder();
    await open(folder).begin(record(1));
    const failure = await failureOf(open(folder, 'production').begin(record(2, { target: 'production' })));
    expect(failure?.code).toBe('state-invalid');
    expect(failure?.message).toContain('staging');
    expect(readdirSync(folder)).toEqual(['1.1.json']);
  });

  it('names a file where its folder should be', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(folder, 'a file');
    expect((await failureOf(open(folder).list()))?.code).toBe('file-unreadable');
    expect((await failureOf(open(folder).begin(record(1))))?.code).toMatch(/unreadable|write-failed/);
  });

  it('says where it cannot write, and leaves nothing', async () => {
    const folder = newFolder();
    const makeLink: typeof link = async () => {
      throw Object.assign(new Error('EDQUOT: disk quota exceeded, link'), { code: 'EDQUOT' });
    };
    const journal = openDirectoryJournal(folder, { target: 'staging', makeLink });
    expect((await failureOf(journal.begin(record(1))))?.code).toBe('disk-full');
    expect(readdirSync(folder)).toEqual([]);
  });
});
