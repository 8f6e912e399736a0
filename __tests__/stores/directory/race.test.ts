import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDirectoryStore } from '../../../src/stores/directory/directory.ts';
import { digestAt, threeAssets } from '../../contracts/assets.ts';
import { Answerer, bundledProgram } from './processes.ts';
import { everything, temporaryFolder } from './temporary.ts';

const program = bundledProgram('contend');
let processes: Answerer[] = [];

beforeAll(() => {
  processes = Array.from({ length: 8 }, () => new Answerer(program()));
});
afterAll(async () => {
  await Promise.all(processes.map((process) => process.kill()));
});

/** Asks each process at once. */
async function all(asked: readonly Answerer[], message: (index: number) => object): Promise<string[]> {
  return await Promise.all(asked.map((process, index) => process.ask(message(index))));
}

const freshStore = (): string => join(temporaryFolder(), 'releases');

describe('eight processes', () => {
  it('that publish one name get it once in each of 25 rounds, with the bytes of the one that did', async () => {
    const path = freshStore();
    const store = openDirectoryStore(path);
    for (let round = 1; round <= 25; round++) {
      const name = `ML-DGA-20261122-${round}`;
      const answers = await all(processes, (index) => ({ want: 'publish', path, name, run: `run-${index}` }));
      const winners = answers.flatMap((answer, index) => (answer === 'done' ? [index] : []));
      expect(winners.length, String(answers)).toBe(1);
      for (const answer of answers) expect(['done', 'claim-held', 'release-exists']).toContain(answer);
      const run = `run-${winners[0]}`;
      expect(JSON.parse(readFileSync(join(path, name, 'release.json'), 'utf8')).run).toBe(run);
      for (const asset of threeAssets(run).three) expect(await digestAt(store, name, asset.name)).toBe(asset.sha256);
    }
    expect((await store.list()).length).toBe(25);
    expect(await store.claims()).toEqual([]);
    expect(everything(path).filter((file) => file.startsWith('.'))).toEqual(['.claims/', '.drafts/']);
  });

  it('that want one number with different dates get it once in each of 25 rounds', async () => {
    const path = freshStore();
    for (let round = 1; round <= 25; round++) {
      const name = (index: number): string => `ML-DGA-2026112${index}-${round}`;
      const begin = await all(processes, (index) => ({ want: 'begin', path, name: name(index), run: `run-${index}` }));
      expect(begin.toSorted()).toEqual(['done ', ...Array.from({ length: 7 }, () => 'number-lost')]);
      await all(processes, (index) => ({ want: 'abandon', path, name: name(index), run: `run-${index}` }));
    }
    expect(everything(path)).toEqual(['.claims/', '.drafts/']);
  });

  it('that each mint the next number get eight numbers and lose nothing', async () => {
    const path = freshStore();
    const answers = await all(processes, (index) => ({ want: 'next', path, name: '', run: `run-${index}` }));
    const store = openDirectoryStore(path);
    const names = (await store.list()).map((release) => release.name);
    expect(answers.map((answer) => answer.replace('done ', '')).toSorted()).toEqual(names);
    expect(new Set(names.map((name) => name.split('-').at(-1))).size).toBe(8);
    for (const [index, answer] of answers.entries()) {
      const [zip] = [threeAssets(`run-${index}`).zip];
      expect(await digestAt(store, answer.replace('done ', ''), zip.name)).toBe(zip.sha256);
    }
  });

  it('that take and give back a name all the time never hold it together', async () => {
    const path = freshStore();
    const wish = { want: 'alone', path, name: 'ML-DGA-20261122-1', times: 40 };
    const answers = await all(processes, (index) => ({ ...wish, run: `run-${index}` }));
    expect(answers.filter((answer) => !answer.startsWith('won '))).toEqual([]);
    expect(answers.some((answer) => answer !== 'won 0')).toBe(true);
    expect(everything(path)).toEqual(['.claims/', '.drafts/']);
  });
});

describe('the claim of a process that was killed', () => {
  const name = 'ML-DGA-20261122-1';

  it('is taken over by one of four, with its draft, in each of 10 rounds', async () => {
    const takers = processes.slice(0, 4);
    for (let round = 0; round < 10; round++) {
      const path = freshStore();
      const dead = new Answerer(program());
      expect(await dead.ask({ want: 'begin', path, name, run: 'run-dead' })).toBe('done ');
      const early = await takers[0]?.ask({ want: 'begin', path, name, run: 'run-early' });
      expect(early).toBe('claim-held');
      await dead.kill();
      expect(await openDirectoryStore(path).claims()).toEqual([]);
      const answers = await all(takers, (index) => ({ want: 'begin', path, name, run: `run-${index}` }));
      expect(answers.toSorted()).toEqual(['claim-held', 'claim-held', 'claim-held', 'done SHA256SUMS']);
      expect(await openDirectoryStore(path).claims()).toEqual([name]);
      await all(takers, (index) => ({ want: 'abandon', path, name, run: `run-${index}` }));
      expect(everything(path)).toEqual(['.claims/', '.drafts/']);
    }
  });

  it('is never held by two, while processes take it, give it back and die', async () => {
    const path = freshStore();
    for (let round = 0; round < 5; round++) {
      const dead = new Answerer(program());
      await dead.ask({ want: 'begin', path, name, run: `run-dead-${round}` });
      const takers = processes.slice(0, 4);
      const busy = all(takers, (index) => ({ want: 'alone', path, name, run: `run-${index}`, times: 30 }));
      await dead.kill();
      const answers = await busy;
      expect(answers.filter((answer) => !answer.startsWith('won '))).toEqual([]);
      await takers[0]?.ask({ want: 'alone', path, name, run: 'run-last', times: 1 });
    }
    expect(everything(path)).toEqual(['.claims/', '.drafts/']);
  });
});
