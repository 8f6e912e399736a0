import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/errors.ts';
import { readHistory } from '../../src/publish/history.ts';
import { mintName, withNextName } from '../../src/publish/next.ts';
import { publishRelease } from '../../src/publish/publish.ts';
import { verifyRelease } from '../../src/publish/verify.ts';
import { openDirectoryStore } from '../../src/stores/directory/directory.ts';
import { codeOf, request } from '../contracts/assets.ts';
import { everything } from '../stores/directory/temporary.ts';
import { bundle, detections, dga, limits, newStore, prepare, publish } from './workshop.ts';

const date = '20261122';

describe('the next name', () => {
  it('is one more than the highest number, published, claimed or taken otherwise', async () => {
    const { root, store } = newStore();
    expect(await mintName(store, 'ML-DGA', date)).toBe('ML-DGA-20261122-1');
    for (const name of ['ML-DGA-20200101-4', 'ML-DGA-20210101-2', 'ML-DGA-20220101-9-rc', 'ML-Other-20210101-50']) {
      mkdirSync(join(root, name), { recursive: true });
    }
    expect(await mintName(store, 'ML-DGA', date)).toBe('ML-DGA-20261122-5');
    const draft = await store.begin(request('ML-DGA-20261101-7', 'run-9'));
    expect(await mintName(store, 'ML-DGA', date)).toBe('ML-DGA-20261122-8');
    expect(await mintName(store, 'ML-DGA', date, ['ML-DGA-20261101-30'])).toBe('ML-DGA-20261122-31');
    await store.abandon(draft);
    expect(await mintName(store, 'ML-DGA', date)).toBe('ML-DGA-20261122-5');
  });

  it('is taken again where it was lost, and told', async () => {
    const { store } = newStore();
    const [names, renamed]: [string[], string[]] = [[], []];
    const lost = ['number-lost', 'claim-held', 'release-exists'] as const;
    const result = await withNextName(
      store,
      'ML-DGA',
      date,
      async (name) => {
        names.push(name);
        const code = lost[names.length - 1];
        if (code === undefined) return 'done';
        await store.begin(request(name, `run-${names.length}`));
        throw new Failure(code, 'lost');
      },
      { onRenamed: (from, to) => renamed.push(`${from} ${to}`) },
    );
    expect(result).toBe('done');
    expect(names).toEqual([1, 2, 3, 4].map((number) => `ML-DGA-20261122-${number}`));
    expect(renamed).toEqual([1, 2, 3].map((number) => `ML-DGA-20261122-${number} ML-DGA-20261122-${number + 1}`));
  });

  it('is one that was begun before, as long as there is one', async () => {
    const { store } = newStore();
    const names: string[] = [];
    const attempt = async (name: string): Promise<void> => {
      names.push(name);
      if (names.length < 3) throw new Failure('claim-held', 'of another bundle');
    };
    await withNextName(store, 'ML-DGA', date, attempt, { begun: ['ML-DGA-20261101-7', 'ML-DGA-20261102-9'] });
    expect(names).toEqual(['ML-DGA-20261101-7', 'ML-DGA-20261102-9', 'ML-DGA-20261122-1']);
  });

  it('is not taken again where something else failed', async () => {
    const { store } = newStore();
    let count = 0;
    const attempt = async (): Promise<never> => {
      count += 1;
      throw new Failure('disk-full', 'full');
    };
    expect(await codeOf(withNextName(store, 'ML-DGA', date, attempt))).toBe('disk-full');
    expect(count).toBe(1);
  });

  it('is given up some time', async () => {
    const { store } = newStore();
    let count = 0;
    const attempt = async (): Promise<never> => {
      count += 1;
      throw new Failure('claim-held', 'held');
    };
    expect(await codeOf(withNextName(store, 'ML-DGA', date, attempt))).toBe('number-lost');
    expect(count).toBe(50);
  });
});

describe('eight releases of one family at once', () => {
  it('get eight numbers, and lose nothing', async () => {
    const { root, store } = newStore();
    await publish(store, await bundle(dga, 'ML-DGA-20261101-1'));
    const runs = Array.from({ length: 8 }, (_, number) => `run-${number + 10}`);
    const release = async (run: string): Promise<string> => {
      const own = openDirectoryStore(root, { address: 'dir:releases' });
      const from = await bundle(dga, 'model-of-today', { 'README.md': `By ${run}.\n` });
      const kind = (await bundle(dga)).kind;
      return withNextName(own, 'ML-DGA', date, async (name) => {
        const named = { ...from, name, ...(kind === undefined ? {} : { kind }) };
        const prepared = await prepare(named, await readHistory(own), { name, run });
        try {
          return (await publishRelease(own, prepared, { limits })).verification.name;
        } finally {
          await prepared.dispose();
        }
      });
    };
    // Another family publishes in between: it must not be lost either.
    const other = publish(store, await bundle(detections), { run: 'run-1' });
    const names = await Promise.all(runs.map(release));
    await other;
    expect(new Set(names.map((name) => name.split('-').at(-1))).size).toBe(8);
    const all = [...names, detections, 'ML-DGA-20261101-1'].sort();
    expect((await store.list()).map(({ name }) => name)).toEqual(all);
    const history = await readHistory(store, { family: 'ML-DGA' });
    expect(history.releases.map(({ name }) => name)).toEqual(all);
    expect(history.remarks).toEqual([]);
    for (const name of all) {
      const known = history.releases.find((candidate) => candidate.name === name);
      const { problems } = await verifyRelease(store, name, { limits, ...(known === undefined ? {} : { known }) });
      expect(problems).toEqual([]);
    }
    expect(everything(root).filter((path) => /^\.(?:claims|drafts)\/./.test(path))).toEqual([]);
    // The next release unites what was published at once, and the one after it reads one index again.
    await publish(store, await bundle(dga, 'ML-DGA-20261122-77'), { run: 'run-2' });
    const united = await readHistory(store);
    expect(united.releases.map(({ name }) => name)).toEqual([...all, 'ML-DGA-20261122-77'].sort());
    expect(united.madeFrom).toHaveLength(1);
  });
});
