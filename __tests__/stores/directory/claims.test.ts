import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDirectoryStore } from '../../../src/stores/directory/directory.ts';
import { thisProcess } from '../../../src/stores/directory/holder.ts';
import {
  codeOf,
  failureOf,
  publishAll,
  putMissing,
  request,
  seededBytes,
  threeAssets,
} from '../../contracts/assets.ts';
import { everything, temporaryFolder } from './temporary.ts';

const name = 'ML-DGA-20261122-2';
const next = 'ML-DGA-20261122-3';
const { sums, zip, three } = threeAssets('one');
const zipBytes = seededBytes('one zip', zip.size);
const at = '2026-11-22T17:00:00.000Z';
/** A pid that was a process's a moment ago. */
const gone = spawnSync(process.execPath, ['-e', '0']).pid;

let root: string;
beforeEach(() => {
  root = join(temporaryFolder(), 'releases');
});

/** Writes a claim and a draft as a process leaves them that is killed. */
function left(file: string, claim: object, draft: Readonly<Record<string, Buffer | string>> = {}): void {
  const { digest, run, name: claimed } = request(file.replace(/\.\d+$/, ''), 'run-dead');
  const content = { name: claimed, run, digest, at, ...thisProcess(), pid: gone, ...claim };
  mkdirSync(join(root, '.claims'), { recursive: true });
  writeFileSync(join(root, '.claims', file), JSON.stringify(content));
  for (const [asset, bytes] of Object.entries(draft)) {
    mkdirSync(join(root, '.drafts', content.run, claimed), { recursive: true });
    writeFileSync(join(root, '.drafts', content.run, claimed, asset), bytes);
  }
}

/** Publishes as a mirror would: a folder with a file in it. */
function released(release: string): void {
  mkdirSync(join(root, release), { recursive: true });
  writeFileSync(join(root, release, 'x'), '');
}

const readClaim = (file: string): { run: string } => JSON.parse(readFileSync(join(root, '.claims', file), 'utf8'));
const strays = (): string[] => everything(root).filter((path) => path.startsWith('.'));

describe('a claim', () => {
  it('says who holds the name, for a person too', async () => {
    const store = openDirectoryStore(root, { host: 'laptop', now: () => new Date(at) });
    await store.begin(request(name, 'run-1'));
    const text = readFileSync(join(root, '.claims', `${name}.1`), 'utf8');
    const { digest } = request(name, 'run-1');
    expect(JSON.parse(text)).toEqual({ name, run: 'run-1', digest, at, ...thisProcess('laptop') });
    expect(text.split('\n').length).toBeGreaterThan(8);
  });

  it('of a living process is reported with all that is known, and the file that stands for it', async () => {
    await openDirectoryStore(root, { now: () => new Date(at) }).begin(request(name, 'run-1'));
    const failure = await failureOf(openDirectoryStore(root).begin(request(name, 'run-2')));
    expect(failure?.code).toBe('claim-held');
    for (const datum of [name, 'run-1', `process ${process.pid} `, thisProcess().host, at, 'still running']) {
      expect(failure?.message).toContain(datum);
    }
    expect(failure?.help).toContain(join(root, '.claims', `${name}.1`));
    expect(readdirSync(join(root, '.claims'))).toEqual([`${name}.1`]);
  });

  it.each([
    ['another host', { host: 'elsewhere\u001b[31m' }, 'elsewhere\\u{1b}[31m'],
    ['another machine', { machine: 'another' }, 'cannot be seen'],
    ['another container', { space: 'pid:[1]' }, 'cannot be seen'],
    ['nobody', { host: 7 }, 'does not name'],
    ['a run that would lead out of the store', { run: '../../outside' }, 'does not name'],
    ['another name', { name: next }, 'does not name'],
    ['a pid that is none', { pid: -1 }, 'does not name'],
  ])('of %s is held, counts, and is left alone', async (_, claim, datum) => {
    left(`${name}.1`, claim);
    const store = openDirectoryStore(root);
    const failure = await failureOf(store.begin(request(name, 'run-1')));
    expect(failure?.code).toBe('claim-held');
    expect(failure?.message).toContain(datum);
    expect(await store.claims()).toEqual([name]);
    expect(await codeOf(store.begin(request('ML-DGA-20261123-2', 'run-1')))).toBe('number-lost');
    expect(strays()).toEqual(['.claims/', `.claims/${name}.1`]);
  });

  it('that was cut off while it was written is held: nobody knows whose it is', async () => {
    mkdirSync(join(root, '.claims'), { recursive: true });
    writeFileSync(join(root, '.claims', `${name}.1`), '{"name": "ML');
    const failure = await failureOf(openDirectoryStore(root).begin(request(name, 'run-1')));
    expect(failure?.code).toBe('claim-held');
    expect(failure?.help).toContain(`${name}.1`);
  });

  it('that is no file makes the store invalid', async () => {
    mkdirSync(join(root, '.claims', `${name}.1`), { recursive: true });
    expect(await codeOf(openDirectoryStore(root).claims())).toBe('store-invalid');
  });

  it('that a person deletes is lost: nothing is published under it, and nothing of the next one is removed', async () => {
    const store = openDirectoryStore(root);
    const draft = await store.begin(request(name, 'run-1'));
    await putMissing(store, draft, three);
    await store.seal(draft, three);
    rmSync(join(root, '.claims', `${name}.1`));
    expect(await codeOf(store.commit(draft))).toBe('precondition-failed');
    const later = openDirectoryStore(root);
    const other = await later.begin(request(name, 'run-2'));
    expect([...other.present]).toEqual([]);
    await later.put(other, sums);
    expect(await codeOf(store.commit(draft))).toBe('claim-held');
    expect(await codeOf(store.put(draft, zip))).toBe('write-failed');
    await store.abandon(draft);
    expect(await later.claims()).toEqual([name]);
    await later.seal(other, [sums]);
    expect((await later.commit(other)).assets.length).toBe(1);
  });

  it("that became another process's of the same run keeps its draft when the first one gives up", async () => {
    const store = openDirectoryStore(root);
    const draft = await store.begin(request(name, 'run-1'));
    left(`${name}.1`, { run: 'run-1', pid: process.ppid, start: undefined }, { 'bundle.zip': zipBytes });
    await store.abandon(draft);
    expect(strays()).toContain(`.drafts/run-1/${name}/bundle.zip`);
    expect(strays()).toContain(`.claims/${name}.1`);
  });

  // The clock is asked between the look at what there is and the claim: what the callback does comes in between.
  it.each([
    ['a release of this name', (): void => released(name), 'release-exists'],
    ['a release of this number', (): void => released('ML-DGA-20261123-2'), 'number-lost'],
    ['a claim on this name', (): void => left(`${name}.1`, { pid: process.ppid, start: undefined }), 'claim-held'],
    ['a claim above this one', (): void => left(`${name}.7`, { pid: process.ppid, start: undefined }), 'claim-held'],
    ['a claim on this number', (): void => left('ML-DGA-20261123-2.1', { host: 'elsewhere' }), 'number-lost'],
  ])('is withdrawn when %s appears while it is made', async (_, appear, code) => {
    const now = (): Date => {
      appear();
      return new Date(at);
    };
    expect(await codeOf(openDirectoryStore(root, { now }).begin(request(name, 'run-1')))).toBe(code);
    const own = readdirSync(join(root, '.claims')).filter((file) => readClaim(file).run === 'run-1');
    expect(own).toEqual([]);
    expect(strays().filter((path) => path.startsWith('.drafts'))).toEqual([]);
  });

  it('goes back when the draft cannot be opened, so that no run is kept out by it', async () => {
    mkdirSync(root);
    writeFileSync(join(root, '.drafts'), 'a file');
    const store = openDirectoryStore(root);
    expect(await codeOf(store.begin(request(name, 'run-1')))).toBe('store-invalid');
    expect(strays()).toEqual(['.claims/', '.drafts']);
  });
});

describe('a claim of a dead process', () => {
  it('is none, and is taken over with the draft by a run with the same bundle', async () => {
    left(`${name}.1`, {}, { 'bundle.zip': zipBytes, '.aside-x': 'half', 'release.json': '{}' });
    const store = openDirectoryStore(root);
    expect(await store.claims()).toEqual([]);
    const draft = await store.begin(request(name, 'run-1'));
    expect([...draft.present]).toEqual([['bundle.zip', zip.sha256]]);
    expect(readdirSync(join(root, '.claims'))).toEqual([`${name}.1`, `${name}.2`]);
    const again = await store.begin(request(name, 'run-1'));
    expect([...again.present.keys()]).toEqual(['bundle.zip']);
    await putMissing(store, again, three);
    await store.seal(again, three);
    await store.commit(again);
    expect(strays()).toEqual(['.claims/', '.drafts/']);
  });

  it('is taken over from whoever took it over and died too', async () => {
    left(`${name}.1`, {}, { 'bundle.zip': zipBytes });
    left(`${name}.2`, { run: 'run-dead-too' });
    left(`${name}.9`, { run: 'run-1' });
    const store = openDirectoryStore(root);
    const draft = await store.begin(request(name, 'run-1'));
    expect([...draft.present.keys()]).toEqual(['bundle.zip']);
    expect(readdirSync(join(root, '.claims'))).toContain(`${name}.10`);
    await store.abandon(draft);
    expect(strays()).toEqual(['.claims/', '.drafts/']);
  });

  it.each([
    ['another bundle', [{ digest: 'another' }]],
    ['another bundle, taken over by one with this that died before it emptied the draft', [{ digest: 'another' }, {}]],
  ])('leaves nothing of the draft to a run when it was for %s', async (_, claims) => {
    for (const [index, claim] of claims.entries()) left(`${name}.${index + 1}`, claim, { 'other.zip': 'other' });
    const draft = await openDirectoryStore(root).begin(request(name, 'run-dead'));
    expect([...draft.present]).toEqual([]);
    expect(readdirSync(join(root, '.drafts', 'run-dead', name))).toEqual([]);
  });

  it('is no rival for its number', async () => {
    left('ML-DGA-20261123-2.1', {});
    await publishAll(openDirectoryStore(root), request(name, 'run-1'), three);
    expect(await codeOf(openDirectoryStore(root).begin(request('ML-DGA-20261123-2', 'run-dead')))).toBe('number-lost');
  });

  it('on a published name is removed by whatever begins next, with the empty folders of its run', async () => {
    await publishAll(openDirectoryStore(root), request(name, 'run-1'), three);
    left(`${name}.1`, { run: 'run-1' });
    left(`${name}.2`, { run: 'run-2' });
    left(`${name}.3`, { run: 'run-3', host: 'elsewhere' });
    for (const run of ['run-1', 'run-2']) mkdirSync(join(root, '.drafts', run), { recursive: true });
    const store = openDirectoryStore(root);
    expect(await store.claims()).toEqual([]);
    await store.abandon(await store.begin(request(next, 'run-4')));
    expect(strays()).toEqual(['.claims/', `.claims/${name}.3`, '.drafts/']);
  });

  it('on a name that is not published stays, with its draft, until somebody wants the name', async () => {
    left(`${name}.1`, {}, { 'bundle.zip': zipBytes });
    const before = strays();
    const store = openDirectoryStore(root);
    await store.abandon(await store.begin(request(next, 'run-4')));
    expect(strays()).toEqual(before);
  });
});

describe('what was written aside', () => {
  it('is removed when it is old, and left when it may still be wanted', async () => {
    mkdirSync(join(root, '.claims'), { recursive: true });
    for (const file of ['.aside-old', '.aside-new', 'note.txt']) writeFileSync(join(root, '.claims', file), '');
    const hour = Date.now() / 1000 - 3600;
    for (const file of ['.aside-old', 'note.txt']) utimesSync(join(root, '.claims', file), hour, hour);
    const store = openDirectoryStore(root);
    expect(await store.claims()).toEqual([]);
    await store.abandon(await store.begin(request(name, 'run-1')));
    expect(readdirSync(join(root, '.claims')).sort()).toEqual(['.aside-new', 'note.txt']);
  });

  it('as a draft that no claim stands for is removed when its name is begun', async () => {
    mkdirSync(join(root, '.drafts', 'run-old', name), { recursive: true });
    mkdirSync(join(root, '.drafts', 'run-old', next), { recursive: true });
    writeFileSync(join(root, '.drafts', 'run-old', name, 'x'), 'x');
    const store = openDirectoryStore(root);
    const draft = await store.begin(request(name, 'run-old'));
    expect([...draft.present]).toEqual([]);
    await store.abandon(draft);
    expect(strays()).toEqual(['.claims/', '.drafts/', '.drafts/run-old/', `.drafts/run-old/${next}/`]);
  });
});

describe('a run', () => {
  it.each(['', '..', 'a/b', '.hidden', 'a b', 'x'.repeat(101), 'a\n'])('is not named %j', async (run) => {
    const failure = await failureOf(openDirectoryStore(root).begin(request(name, run)));
    expect(failure?.code).toBe('write-failed');
    expect(failure?.message).toContain('cannot name a run');
  });
});
