import { createHash } from 'node:crypto';
import { Failure } from '../../../src/errors.ts';
import { applyPlan } from '../../../src/publish/apply.ts';
import { namesDigest } from '../../../src/publish/plan.ts';
import type { PreparedRelease } from '../../../src/publish/prepare.ts';
import type { AssetContent, DraftRequest, ReleaseStore } from '../../../src/stores/store.ts';
import { asset, digestAt, seededBytes } from '../../contracts/assets.ts';
import { commitSha } from '../../github-server/state.ts';

/** What a job is to publish. */
export interface Order {
  readonly request: DraftRequest;
  readonly assets: readonly AssetContent[];
}

/** An order of some assets, small ones and some of several chunks, whose bytes depend on a seed. */
export function order(name: string, run: string, count: number, seed: string): Order {
  const assets = Array.from({ length: count }, (_, index) => {
    const file = index === count - 1 ? `manifest-${name}.json` : `part-${index}.bin`;
    return asset(file, seededBytes(`${seed} ${index}`, index % 2 === 0 ? 700 + index : 90_000), 16 * 1024);
  });
  const lines = assets.map(({ name: file, sha256 }) => `${sha256}  ${file}\n`).join('');
  const digest = createHash('sha256').update(lines).digest('hex');
  return { request: { name, run, digest, commit: commitSha, notes: `Notes of ${name}` }, assets };
}

/** The same order as a later try prepares it: its last file, the manifest, carries the moment of the run. */
export function anew(wanted: Order, seed: string): Order {
  const { request, assets } = wanted;
  const last = `manifest-${request.name}.json`;
  const later = asset(last, seededBytes(seed, 700), 16 * 1024);
  return { request, assets: assets.map((each) => (each.name === last ? later : each)) };
}

/**
 * An order as the product would have prepared it.
 * @param history names that were published then; absent: it was made without a look
 */
export function planned(store: ReleaseStore, { request, assets }: Order, history?: readonly string[]): PreparedRelease {
  const known = history === undefined ? {} : { history: namesDigest(history) };
  const bare = assets.map(({ name, size, sha256 }) => ({ name, size, sha256 }));
  const operations = [
    { do: 'claim', name: request.name, requires: { absent: true, ...known } } as const,
    ...bare.map((each) => ({ do: 'put', asset: each, requires: { absent: true } }) as const),
    { do: 'commit', name: request.name, requires: { assets: bare } } as const,
  ];
  const plan = { version: 1, store: store.address, release: request.name, operations } as const;
  const prepared = { plan, assets, request, models: [], renew: () => prepared, dispose: async () => undefined };
  return prepared;
}

/**
 * One job, as the product does it: the plan is applied, and what was published is read back; a name that is published
 * with these very bytes is success.
 * @param earlier what earlier tries of this job prepared: the same bundle at other moments
 * @returns undefined where the job is green
 */
export async function runJob(
  store: ReleaseStore,
  { request, assets }: Order,
  earlier: readonly Order[] = [],
): Promise<Failure | undefined> {
  const prepared = planned(store, { request, assets });
  try {
    let found = assets;
    await applyPlan(store, prepared, { replan: async () => prepared }).catch(async (error: unknown) => {
      if (!(error instanceof Failure) || error.code !== 'release-exists') throw error;
      const there = await digestAt(store, request.name, `manifest-${request.name}.json`);
      const same = earlier.find((each) => each.assets.at(-1)?.sha256 === there);
      found = same?.assets ?? assets;
    });
    await verify(store, request, found);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

async function verify(store: ReleaseStore, request: DraftRequest, assets: readonly AssetContent[]): Promise<void> {
  const wrong = (what: string): Failure => new Failure('verify-failed', `${request.name}: ${what}`);
  for (const { name, sha256 } of assets) {
    if ((await digestAt(store, request.name, name)) !== sha256) throw wrong(`other bytes of ${name}`);
  }
  // The tag's commit at the very end: what moves it later is no longer this job's to see.
  const details = await store.details(request.name);
  const names = assets.map(({ name }) => name).sort();
  if (details?.assets.map(({ name }) => name).join() !== names.join()) throw wrong('other assets');
  if (details?.commit !== request.commit) throw wrong(`commit ${details?.commit}`);
}

/** Everything that a failure could print: messages, helps and stacks, down to the last cause. */
export function printed(error: unknown): string {
  const parts: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) {
    parts.push(each.message, each.stack ?? '', each instanceof Failure ? each.help : '', JSON.stringify(each));
  }
  return parts.join('\n');
}
