import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { applyPlan } from '../../src/publish/apply.ts';
import type { PublishEvent, PublishListener } from '../../src/publish/event.ts';
import { mapParallel } from '../../src/publish/parallel.ts';
import { uploadStages } from '../../src/publish/plan.ts';
import type { AssetContent, ReleaseStore } from '../../src/stores/store.ts';
import { codeOf, failureOf } from '../contracts/assets.ts';
import { everything } from '../stores/directory/temporary.ts';
import { type Order, order, planned } from '../stores/github/job.ts';
import { startPlace } from '../stores/github/place.ts';
import { newStore } from './workshop.ts';

const name = 'ML-DGA-20261122-2';
const manifest = `manifest-${name}.json`;
const parts = Array.from({ length: 9 }, (_, index) => `part-${index}.bin`);

/** A store whose uploads are written down as they begin and end. */
function watched(store: ReleaseStore, put: ReleaseStore['put'] = store.put): { store: ReleaseStore; log: string[] } {
  const log: string[] = [];
  const noting: ReleaseStore['put'] = async (draft, asset) => {
    log.push(`+ ${asset.name}`);
    await setTimeout(5);
    try {
      await put(draft, asset);
    } finally {
      log.push(`- ${asset.name}`);
    }
  };
  const abandon: ReleaseStore['abandon'] = async (draft) => {
    log.push('abandon');
    return await store.abandon(draft);
  };
  return { store: { ...store, put: noting, abandon }, log };
}

/** Applies the plan of an order, whatever is published already. */
function apply(store: ReleaseStore, wanted: Order, onEvent: PublishListener = () => undefined): Promise<unknown> {
  const prepared = planned(store, wanted);
  return applyPlan(store, prepared, { replan: async () => prepared, onEvent });
}

/** The most uploads that were under way at one moment. */
function most(log: readonly string[]): number {
  let [now, highest] = [0, 0];
  for (const line of log) {
    now += line.startsWith('+') ? 1 : line.startsWith('-') ? -1 : 0;
    highest = Math.max(highest, now);
  }
  return highest;
}

describe('the uploads of a plan', () => {
  it('go four at once, the index when all others are there, and the manifest at the end', async () => {
    const wanted = order(name, 'run-1', 12, 'one');
    const [index, ...others] = wanted.assets;
    if (index === undefined) throw new Error('no assets');
    const assets = [...others, { ...index, name: 'index.json' }];
    const { store, log } = watched(newStore().store);
    const events: PublishEvent[] = [];
    await apply(store, { ...wanted, assets }, (event) => events.push(event));
    expect(most(log)).toBe(4);
    expect(log.slice(-4)).toEqual(['+ index.json', '- index.json', `+ ${manifest}`, `- ${manifest}`]);
    const put = events.flatMap((event) => (event.type === 'put' ? [event.asset.name] : []));
    expect(put.slice(-2)).toEqual(['index.json', manifest]);
    expect(put.toSorted()).toEqual(assets.map((asset) => asset.name).toSorted());
    // Of each asset the progress grows to the whole before it is told to be there.
    for (const { name: file, size } of assets) {
      const own = events.filter((event) => event.type === 'put' || event.type === 'putting');
      const told = own.flatMap((event) =>
        event.asset.name === file ? [event.type === 'put' ? 'put' : event.bytes] : [],
      );
      expect(told.slice(-2)).toEqual([size, 'put']);
      const bytes = told.flatMap((each) => (each === 'put' ? [] : [each]));
      expect(bytes).toEqual(bytes.toSorted((a, b) => Number(a) - Number(b)));
    }
  });

  it('are told apart by the plan alone', () => {
    const { plan } = planned(newStore().store, order(name, 'run-1', 10, 'one'));
    expect(uploadStages(plan).map((stage) => stage.map((asset) => asset.name))).toEqual([parts, [], [manifest]]);
  });

  it('of which one fails are stopped and waited for before the draft is given up', async () => {
    const { root, store: inner } = newStore();
    let begun = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < 10_000; index += 1) {
        begun += 1;
        await setTimeout(1);
        yield Buffer.alloc(10);
      }
    };
    const { store, log } = watched(inner, async (draft, asset) => {
      if (asset.name === 'part-2.bin') throw new Error('part-2 failed');
      await inner.put(draft, asset);
    });
    const { request, assets } = order(name, 'run-1', 10, 'one');
    const slow = assets.map((asset): AssetContent => ({ ...asset, size: 100_000, open: endless }));
    const applied = apply(store, { request, assets: slow });
    await expect(applied).rejects.toThrow('part-2 failed');
    expect(begun).toBeLessThan(1000);
    expect(log.filter((line) => line.startsWith('+'))).toHaveLength(4);
    expect(log.at(-1)).toBe('abandon');
    expect(log.slice(0, -1).filter((line) => line.startsWith('-'))).toHaveLength(4);
    expect(everything(root)).toEqual(['.claims/', '.drafts/']);
  });

  it('of which all fail at once fail as the first one did', async () => {
    const { store: inner } = newStore();
    const { store, log } = watched(inner, (_, asset) => Promise.reject(new Error(`${asset.name} failed`)));
    await expect(apply(store, order(name, 'run-1', 10, 'one'))).rejects.toThrow(/^part-0.bin failed$/);
    expect(log.at(-1)).toBe('abandon');
  });

  it('on GitHub leave nothing where one gives other bytes than it announced', async () => {
    const { open, server } = await startPlace();
    onTestFinished(() => server.close());
    const { request, assets } = order(name, 'run-1', 10, 'one');
    const lying = assets.map((asset, index) => (index === 4 ? { ...asset, sha256: '0'.repeat(64) } : asset));
    expect(await codeOf(apply(open(), { request, assets: lying }))).toBe('file-changed');
    expect(server.repository.releases).toEqual([]);
    expect([...server.repository.refs.keys()]).toEqual(['heads/main']);
    expect(server.problems).toEqual([]);
  });

  it('on GitHub end with the first refusal, and with one failure', async () => {
    const { open, server } = await startPlace();
    onTestFinished(() => server.close());
    // Some of the first uploads, whichever they are.
    for (const index of [8, 9, 10]) server.faults.set(index, '403');
    const failure = await failureOf(apply(open(), order(name, 'run-1', 10, 'one')));
    expect(failure?.code).toBe('github-forbidden');
    expect(server.repository.releases).toEqual([]);
  });
});

describe('work in parallel', () => {
  it('gives results in the order of the items, whichever is done first', async () => {
    const slow = async (item: number): Promise<number> => {
      await setTimeout(10 - item);
      return item * 2;
    };
    expect(await mapParallel([1, 5, 9], slow)).toEqual([2, 10, 18]);
    expect(await mapParallel([], slow)).toEqual([]);
  });

  it('begins nothing after a failure, tells what is under way, and waits for it', async () => {
    const log: string[] = [];
    const work = async (item: number, stop: AbortSignal): Promise<void> => {
      log.push(`+${item}`);
      if (item === 1) throw new Error('one');
      await setTimeout(10);
      log.push(`${item} ${stop.aborted ? 'stopped' : 'went on'}`);
      throw new Error('later');
    };
    await expect(mapParallel([1, 2, 3, 4], work, 2)).rejects.toThrow('one');
    expect(log).toEqual(['+1', '+2', '2 stopped']);
  });
});
