import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { applyPlan } from '../../../src/publish/apply.ts';
import { Proof } from '../../../src/stores/github/proof.ts';
import type { AssetContent } from '../../../src/stores/store.ts';
import { asset, failureOf, seededBytes } from '../../contracts/assets.ts';
import type { RepositoryState } from '../../github-server/state.ts';
import { order, planned, runJob } from './job.ts';
import { quickClock, startPlace } from './place.ts';

const name = 'ML-DGA-20261122-2';
const latency = 40;
const [first, second, index] = ['first', 'second', 'index'].map((each) => asset(each, seededBytes(each, 1000), 100));
if (first === undefined || second === undefined || index === undefined) throw new Error('no assets');

async function sent(content: AssetContent): Promise<void> {
  for await (const chunk of content.open()) if (chunk.length === 0) return;
}

/** A proof whose looks are counted; the first `failing` of them reject. */
function counted(failing = 0) {
  const clock = quickClock();
  const looks: string[] = [];
  const proof = new Proof(clock, async () => {
    looks.push('look');
    await setTimeout(5);
    if (looks.length <= failing) throw new Error('published');
  });
  return { clock, looks, proof };
}

/** A place whose uploads a job began; the look is the only GET while they are under way. */
async function uploads(count: number, onChange: (repository: RepositoryState) => void = () => undefined) {
  const { server, open } = await startPlace(undefined, { latency, onChange });
  onTestFinished(() => server.close());
  const wanted = order(name, 'run-1', count, 'one');
  const assets = wanted.assets.map((each, at) => (at === count - 2 ? { ...each, name: 'index.json' } : each));
  return { server, store: open({ patience: {} }), wanted: { ...wanted, assets } };
}

describe('the look at a new draft', () => {
  it('goes beside the answers to the large files, and the index waits for it', async () => {
    const { server, store, wanted } = await uploads(8);
    expect(await runJob(store, wanted)).toBeUndefined();
    const posts = server.requests.filter(({ template, method }) => method === 'POST' && template.endsWith('/assets'));
    const [begin = 0, end = 0] = [posts[0]?.began, posts.at(-1)?.ended];
    const looks = server.requests.filter(({ method, began }) => method === 'GET' && began > begin && began < end);
    const [look] = looks;
    expect(looks).toHaveLength(1);
    const [last, manifests] = [posts.slice(4, 6), posts.slice(6)];
    for (const post of last) expect(post.ended).toBeGreaterThan(look?.began ?? Number.NaN);
    for (const post of manifests) expect(post.began).toBeGreaterThan(look?.ended ?? Number.NaN);
  });

  it('keeps the index away from what a person published while the large files were sent', async () => {
    const { server, store, wanted } = await uploads(8, (repository) => {
      for (const release of repository.releases) release.draft &&= release.assets.length === 0;
    });
    const failure = await failureOf(applyPlan(store, planned(store, wanted, [])));
    expect(failure?.code).toBe('release-exists');
    const [release] = server.repository.releases;
    expect(release?.draft).toBe(false);
    expect(release?.assets.filter((each) => !each.name.startsWith('part-'))).toEqual([]);
  });

  it('is made when the last byte of the last file is sent, whichever that is', async () => {
    const { looks, proof } = counted();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = proof.around(first, false, async (content) => {
      await held;
      await sent(content);
    });
    await proof.around(second, true, sent);
    expect(looks).toHaveLength(0);
    release();
    await slow;
    expect(looks).toHaveLength(1);
    await proof.around(index, true, sent);
    expect(looks).toHaveLength(1);
  });

  it('is made again where bytes were sent again, or answers took long', async () => {
    const { looks, proof } = counted();
    await proof.around(first, true, async (content) => {
      await sent(content);
      await sent(content);
    });
    expect(looks).toHaveLength(2);
    await proof.around(index, true, sent);
    expect(looks).toHaveLength(2);
    const late = counted();
    await late.proof.around(first, true, async (content) => {
      await sent(content);
      await late.clock.sleep(2500);
    });
    await late.proof.around(index, true, sent);
    expect(late.looks).toHaveLength(2);
  });

  it('is made before the index where nobody said which file is the last', async () => {
    const { looks, proof } = counted();
    await Promise.all([proof.around(first, false, sent), proof.around(second, false, sent)]);
    expect(looks).toHaveLength(0);
    await proof.around(index, false, sent);
    expect(looks).toHaveLength(1);
  });

  it('keeps the index back where it fails, and is over when the upload beside it is', async () => {
    const { looks, proof } = counted(1);
    await proof.around(first, true, sent);
    expect(looks).toHaveLength(1);
    let begun = false;
    const uploading = proof.around(index, true, async () => {
      begun = true;
    });
    await expect(uploading).rejects.toThrow('published');
    expect(begun).toBe(false);
  });
});
