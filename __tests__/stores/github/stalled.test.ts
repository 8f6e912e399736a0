import { describe, expect, it, onTestFinished } from 'vitest';
import { applyPlan } from '../../../src/publish/apply.ts';
import type { ReleaseStore } from '../../../src/stores/store.ts';
import { asset, failureOf, request, seededBytes, threeAssets } from '../../contracts/assets.ts';
import type { GitHubOptions } from '../../github-server/server.ts';
import { type Order, planned } from './job.ts';
import { type Place, startPlace } from './place.ts';

const name = 'ML-DGA-20261122-2';
const { sums, zip } = threeAssets('one');
/** More than the system takes in at once between two sockets. */
const large = asset('large.bin', seededBytes('large', 24_000_000));

async function place(options: Omit<GitHubOptions, 'tokens'> = {}): Promise<Place> {
  const started = await startPlace(undefined, options);
  onTestFinished(() => started.server.close());
  return started;
}

function apply(store: ReleaseStore, assets: Order['assets']): Promise<unknown> {
  const prepared = planned(store, { request: request(name, 'run-1'), assets }, []);
  return applyPlan(store, prepared);
}

/** Uploads that arrived. */
function uploads({ server }: Place): number {
  return server.requests.filter(({ method, template }) => method === 'POST' && template.endsWith('/assets')).length;
}

describe('an upload', () => {
  it('that crawls is given up as often as is tried, with what it moved and what is the least', async () => {
    const at = await place({ crawl: 100 });
    const patience = { tries: 2, stall: 20_000, window: 400, leastInWindow: 8_000_000 };
    const failure = await failureOf(apply(at.open({ patience }), [large]));
    expect(failure).toMatchObject({ code: 'transfer-stalled', exit: 2 });
    expect(failure?.message).toMatch(/only \d+ bytes moved within 400 ms; 8000000 are the least/);
    expect(failure?.help).toContain('network');
    expect(uploads(at)).toBe(2);
    expect(at.server.repository.releases).toEqual([]);
    expect([...at.server.repository.refs.keys()]).toEqual(['heads/main']);
  });

  it('that is slow and fast enough is waited for', async () => {
    const at = await place({ crawl: 1 });
    const patience = { tries: 1, stall: 20_000, window: 150, leastInWindow: 1 };
    await apply(at.open({ patience }), [large]);
    expect(at.server.repository.releases).toMatchObject([{ draft: false, assets: [{ sha256: large.sha256 }] }]);
  });

  it('that stands still is given up, and succeeds where it moves again', async () => {
    const at = await place();
    // What comes before the first upload are six requests.
    for (const index of [6, 9]) at.server.faults.set(index, 'slow-before');
    await apply(at.open({ patience: { request: 400, stall: 100 } }), [zip]);
    expect(uploads(at)).toBe(3);
    expect(at.server.repository.releases).toMatchObject([{ draft: false }]);
  });

  it('that stands still each time says so', async () => {
    const at = await place();
    const store = at.open({ patience: { request: 400, stall: 100, tries: 2 } });
    const draft = await store.begin(request(name, 'run-1'));
    const first = at.server.requests.length;
    for (const index of [first, first + 3]) at.server.faults.set(index, 'slow-before');
    const failure = await failureOf(store.put(draft, sums));
    expect(failure?.code).toBe('transfer-stalled');
    expect(failure?.message).toContain('no byte moved for 100 ms');
  });
});

describe('the uploads of a release', () => {
  it('have some time together, and what kept them is said when it is over', async () => {
    const at = await place();
    const store = at.open({ patience: { uploads: 4000 } });
    const draft = await store.begin(request(name, 'run-1'));
    // Pauses of one and four seconds, on a clock on which they pass at once.
    const first = at.server.requests.length;
    for (const index of [first, first + 2, first + 4]) at.server.faults.set(index, '500-before');
    const failure = await failureOf(store.put(draft, zip));
    expect(failure).toMatchObject({ code: 'transfer-stalled', exit: 2 });
    expect(failure?.message).toMatch(/`bundle.zip` did not arrive in the time .* GitHub answered 500/);
    expect(uploads(at)).toBe(2);
    const late = await failureOf(store.put(draft, sums));
    expect(late?.code).toBe('transfer-stalled');
    expect(uploads(at)).toBe(2);
    // What is over is the time for uploads: the draft can be taken back.
    expect(await store.abandon(draft)).toBe(true);
    expect(at.server.repository.releases).toEqual([]);
  });
});
