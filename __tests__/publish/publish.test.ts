import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/publish/apply.ts';
import type { PublishEvent } from '../../src/publish/event.ts';
import { readHistory } from '../../src/publish/history.ts';
import type { PreparedRelease } from '../../src/publish/prepare.ts';
import { publishRelease } from '../../src/publish/publish.ts';
import { openDirectoryStore } from '../../src/stores/directory/directory.ts';
import type { ReleaseStore } from '../../src/stores/store.ts';
import { codeOf, failureOf } from '../contracts/assets.ts';
import { everything, fingerprint } from '../stores/directory/temporary.ts';
import { bundle, detections, dga, limits, minute, newStore, prepare, publish } from './workshop.ts';
import { tamper } from './written-store.ts';

const names = [`${dga}.zip`, 'SHA256SUMS', 'index.json', `manifest-${dga}.json`];

async function ready(store: ReleaseStore, run = 'run-1'): Promise<PreparedRelease> {
  return prepare(await bundle(dga), await readHistory(store), { run });
}

describe('publishing', () => {
  it('claims, puts zip, SHA256SUMS, index and manifest, commits, and reads back', async () => {
    const { root, store } = newStore();
    const prepared = await ready(store);
    const events: PublishEvent[] = [];
    const published = await publishRelease(store, prepared, { limits, onEvent: (event) => events.push(event) });
    expect(prepared.plan.operations.map((step) => (step.do === 'put' ? step.asset.name : step.do))).toEqual([
      'claim',
      ...names,
      'commit',
    ]);
    expect(events.filter(({ type }) => type !== 'putting').map(({ type }) => type)).toEqual([
      'claimed',
      ...names.map(() => 'put'),
      'sealed',
      'committed',
      ...names.map(() => 'read'),
    ]);
    const last = events.findLast((event) => event.type === 'putting' && event.asset.name === `${dga}.zip`);
    expect(last).toMatchObject({ bytes: prepared.assets[0]?.size });
    expect(published).toMatchObject({
      state: 'published',
      verification: { name: dga, url: join(root, dga), problems: [], unproven: [] },
    });
    expect(published.verification.models).toEqual(prepared.models.map(({ id, sha256 }) => ({ id, sha256 })));
    expect(published.verification.assets.map(({ name, sha256 }) => [name, sha256]).sort()).toEqual(
      prepared.assets.map(({ name, sha256 }) => [name, sha256]).sort(),
    );
    expect(readdirSync(join(root, dga)).sort()).toEqual([...names, 'release.json'].sort());
  });

  it('again changes nothing and says so', async () => {
    const { root, store } = newStore();
    await publish(store, await bundle(dga));
    const before = fingerprint(root);
    const again = await publish(openDirectoryStore(root, { now: () => minute(60) }), await bundle(dga), {
      now: minute(60),
      run: 'run-2',
      tool: { name: 'ml-detection-release', version: '9.9.9' },
    });
    expect(again).toMatchObject({ state: 'unchanged', verification: { name: dga, problems: [] } });
    expect(again.release.plan.operations).toEqual([]);
    expect(fingerprint(root)).toEqual(before);
  });

  it('again with one byte changed is refused, and changes nothing', async () => {
    const { root, store } = newStore();
    const readme = readFileSync(join((await bundle(dga)).path, 'README.md'), 'utf8');
    await publish(store, await bundle(dga));
    const before = fingerprint(root);
    const changed = await bundle(dga, dga, { 'README.md': `${readme.slice(0, -1)} ` });
    expect(await failureOf(publish(store, changed))).toMatchObject({
      code: 'release-exists',
      message: expect.stringContaining('`README.md` differs'),
    });
    expect(fingerprint(root)).toEqual(before);
  });

  it('again finds a published release that is no longer sound', async () => {
    const { root, store } = newStore();
    await publish(store, await bundle(dga));
    tamper(root, dga, 'SHA256SUMS', /^./, 'f');
    const prepared = await prepare(await bundle(dga), await readHistory(store, { onCorruptIndex: 'read-manifests' }));
    expect(await codeOf(publishRelease(store, prepared, { limits }))).toBe('release-corrupt');
  });

  it('under a number that another date has is refused before anything is claimed', async () => {
    const { root, store } = newStore();
    await publish(store, await bundle(dga));
    expect(await codeOf(publish(store, await bundle(dga, 'ML-DGA-20261130-2')))).toBe('number-lost');
    expect(everything(root).filter((path) => path.startsWith('.claims/ML'))).toEqual([]);
  });

  it('lists what others published between plan and claim', async () => {
    const { root, store } = newStore(() => minute(5));
    const prepared = await ready(store);
    await publish(openDirectoryStore(root, { now: () => minute(3) }), await bundle(detections), { run: 'run-2' });
    const events: PublishEvent[] = [];
    const { release } = await publishRelease(store, prepared, { limits, onEvent: (event) => events.push(event) });
    const replanned = events.find(({ type }) => type === 'replanned');
    expect(replanned).toEqual({ type: 'replanned', plan: release.plan });
    expect(release.plan).not.toEqual(prepared.plan);
    expect(readFileSync(join(root, dga, 'index.json'), 'utf8')).toContain(`"name":"${detections}"`);
    expect((await readHistory(store)).madeFrom.map(({ release: name }) => name)).toEqual([dga]);
  });

  it('by two runs with the same files at once is published once, and both are content', async () => {
    const { store } = newStore();
    const [one, two] = [await ready(store, 'run-1'), await ready(store, 'run-2')];
    expect((await publishRelease(store, one, { limits })).state).toBe('published');
    expect((await publishRelease(store, two, { limits })).state).toBe('unchanged');
  });

  it('by two runs with other files at once is refused to the later one, which is told what differs', async () => {
    const { store } = newStore();
    const one = await ready(store, 'run-1');
    const other = await bundle(dga, dga, { 'README.md': 'other' });
    const two = await prepare(other, await readHistory(store), { run: 'run-2' });
    await publishRelease(store, one, { limits });
    expect(await failureOf(publishRelease(store, two, { limits }))).toMatchObject({
      code: 'release-exists',
      message: expect.stringContaining('`README.md` differs'),
    });
  });
});

describe('applying a plan', () => {
  it('without leave to plan anew refuses where others published since, and leaves no draft', async () => {
    const { root, store } = newStore();
    const prepared = await ready(store);
    await publish(store, await bundle(detections), { run: 'run-2' });
    const before = everything(root);
    expect(await codeOf(applyPlan(store, prepared))).toBe('precondition-failed');
    expect(everything(root)).toEqual(before);
  });

  it('of which the bytes are not at hand refuses', async () => {
    const { root, store } = newStore();
    const prepared = await ready(store);
    const [zip, ...others] = prepared.assets;
    const swapped = { ...prepared, assets: zip === undefined ? [] : [{ ...zip, sha256: '0'.repeat(64) }, ...others] };
    expect(await codeOf(applyPlan(store, swapped))).toBe('precondition-failed');
    expect(everything(root)).toEqual(['.claims/', '.drafts/']);
  });

  const steps = ['put', 'seal', 'commit'] as const;

  it.each(steps)('that fails at %s leaves no draft and no claim, and can be repeated', async (step) => {
    const { root, store } = newStore();
    const failing: ReleaseStore = { ...store, [step]: () => Promise.reject(new Error(`${step} failed`)) };
    const events: string[] = [];
    const applied = applyPlan(failing, await ready(store), { onEvent: ({ type }) => events.push(type) });
    await expect(applied).rejects.toThrow(`${step} failed`);
    expect(events.at(-1)).toBe('abandoned');
    expect(everything(root)).toEqual(['.claims/', '.drafts/']);
    expect((await publish(store, await bundle(dga), { run: 'run-2' })).state).toBe('published');
  });

  it('whose commit fails after it was done is done', async () => {
    const { store } = newStore();
    const failing: ReleaseStore = {
      ...store,
      commit: async (draft) => {
        await store.commit(draft);
        throw new Error('the answer was lost');
      },
    };
    expect((await applyPlan(failing, await ready(store))).name).toBe(dga);
    expect((await publish(store, await bundle(dga))).state).toBe('unchanged');
  });

  it('whose draft cannot be removed says so, with both reasons', async () => {
    const { store } = newStore();
    const failing: ReleaseStore = {
      ...store,
      seal: () => Promise.reject(new Error('Sealing failed.')),
      abandon: () => Promise.reject(new Error('No way.')),
    };
    const failure = await failureOf(applyPlan(failing, await ready(store)));
    expect(failure).toMatchObject({ code: 'draft-left', exit: 3 });
    expect(failure?.message).toBe(`Sealing failed. The draft of \`${dga}\` is left: No way.`);
  });

  it('that is begun by a dead run is gone on with: what is there is kept, what differs is replaced', async () => {
    const { root, store } = newStore();
    const stopped: ReleaseStore = {
      ...store,
      put: async (draft, asset) => {
        if (asset.name === 'index.json') throw new Error('stopped here');
        await store.put(draft, asset);
      },
      abandon: async () => false,
    };
    await expect(applyPlan(stopped, await ready(store))).rejects.toThrow('stopped here');
    expect(everything(root)).toContain(`.drafts/run-1/${dga}/${dga}.zip`);
    const later = await prepare(await bundle(dga), await readHistory(store), { now: minute(9) });
    const events: PublishEvent[] = [];
    await publishRelease(store, later, { limits, onEvent: (event) => events.push(event) });
    expect(events[0]).toEqual({ type: 'claimed', name: dga, resumed: true });
    const kept = events.flatMap((event) => (event.type === 'put' ? [[event.asset.name, event.kept]] : []));
    // The manifest tells the time of the second try, and the checksums tell the manifest.
    expect(kept).toEqual(names.map((name) => [name, name.endsWith('.zip')]));
  });
});
