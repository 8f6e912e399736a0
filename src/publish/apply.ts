import type { PlannedAsset, PublishPlan } from '../domain/plan.ts';
import { safe } from '../domain/safe.ts';
import { Failure, type FailureCode } from '../errors.ts';
import type { AssetContent, Draft, LeftDraft, ReleaseDetails, ReleaseStore } from '../stores/store.ts';
import type { PublishListener } from './event.ts';
import { mapParallel } from './parallel.ts';
import { namesDigest, uploadStages } from './plan.ts';
import type { PreparedRelease } from './prepare.ts';

/** Uploads at once (issue 4): enough to hide a slow host, far below GitHub's limit of 100 requests. */
const uploadsAtOnce = 4;

/** What a store's commit has looked up itself. */
const definite: readonly FailureCode[] = ['release-exists', 'verify-failed', 'tag-moved'];

/** What applying a plan may be told. */
export interface ApplyOptions {
  readonly onEvent?: PublishListener;
  /** Asked for a new plan, under the claim, where others published since; without it that is a failure. */
  readonly replan?: () => Promise<PreparedRelease>;
}

/**
 * Executes a plan that is not empty, and nothing else. What fails leaves no draft of ours; a killed process leaves
 * one, which the next try goes on with.
 * @throws Failure `precondition-failed`, `claim-held`, `number-lost`, `release-exists`, `draft-left`, the store's
 */
export async function applyPlan(
  store: ReleaseStore,
  planned: PreparedRelease,
  options: ApplyOptions = {},
): Promise<ReleaseDetails | LeftDraft> {
  const { onEvent = () => undefined } = options;
  const draft = await store.begin(planned.request);
  onEvent({ type: 'claimed', name: draft.name, resumed: draft.present.size > 0 });
  try {
    const release = await current(store, draft, planned, options);
    const stages = uploadStages(release.plan).filter((stage) => stage.length > 0);
    for (const stage of stages) {
      const contents = stage.map((asset) => contentOf(release, asset));
      const last = stage === stages.at(-1) ? undefined : contents.at(-1);
      const putOne = (asset: AssetContent, stop: AbortSignal) =>
        put(store, draft, asset, { stop, onEvent, last: asset === last });
      await mapParallel(contents, putOne, uploadsAtOnce);
    }
    return await end(store, draft, release.plan, onEvent);
  } catch (error) {
    if (await abandon(store, draft, error)) onEvent({ type: 'abandoned', name: draft.name });
    throw error;
  }
}

/** The index must list what was published when the name was claimed; what is published later lists or unites itself. */
async function current(
  store: ReleaseStore,
  draft: Draft,
  planned: PreparedRelease,
  { onEvent, replan }: ApplyOptions,
): Promise<PreparedRelease> {
  const claim = planned.plan.operations.find((operation) => operation.do === 'claim');
  const names = draft.published ?? (await store.list()).map(({ name }) => name);
  if (claim === undefined || claim.requires.history === namesDigest(names)) return planned;
  if (replan === undefined) {
    throw new Failure(
      'precondition-failed',
      `Releases of ${safe(store.address, 1000)} changed since the plan was made.`,
    );
  }
  const renewed = await replan();
  onEvent?.({ type: 'replanned', plan: renewed.plan });
  return renewed;
}

function contentOf({ assets }: PreparedRelease, { name, sha256 }: PlannedAsset): AssetContent {
  const asset = assets.find((candidate) => candidate.name === name && candidate.sha256 === sha256);
  if (asset !== undefined) return asset;
  throw new Failure('precondition-failed', `The bytes of \`${safe(name)}\` are not those that were planned.`);
}

/** How one asset of a stage is put. */
interface Upload {
  /** Aborted where another one failed. */
  readonly stop: AbortSignal;
  readonly onEvent: PublishListener;
  /** Whether it is the last of its stage to begin, and another stage follows. */
  readonly last: boolean;
}

async function put(
  store: ReleaseStore,
  draft: Draft,
  asset: AssetContent,
  { stop, onEvent, last }: Upload,
): Promise<void> {
  const { name, size, sha256 } = asset;
  const planned = { name, size, sha256 };
  const kept = draft.present.get(name) === sha256;
  // What an earlier try of ours left under this name with other bytes is replaced: nobody else writes to the draft.
  if (!kept) await store.put(draft, { ...planned, open: () => followed(asset, stop, onEvent) }, last);
  onEvent({ type: 'put', asset: planned, kept });
}

/** The bytes of an asset, told as they go; they break off where another upload has failed: the draft is given up. */
async function* followed(asset: AssetContent, stop: AbortSignal, onEvent: PublishListener): AsyncGenerator<Uint8Array> {
  const { name, size, sha256 } = asset;
  let bytes = 0;
  stop.throwIfAborted();
  for await (const chunk of asset.open()) {
    stop.throwIfAborted();
    bytes += chunk.length;
    yield chunk;
    onEvent({ type: 'putting', asset: { name, size, sha256 }, bytes });
  }
}

async function end(
  store: ReleaseStore,
  draft: Draft,
  { operations }: PublishPlan,
  onEvent: PublishListener,
): Promise<ReleaseDetails | LeftDraft> {
  const last = operations.find((operation) => operation.do === 'commit' || operation.do === 'leave');
  if (last === undefined) throw new Failure('internal', `The plan for \`${safe(draft.name)}\` ends in nothing.`);
  await store.seal(draft, last.requires.assets);
  onEvent({ type: 'sealed' });
  if (last.do === 'commit') return await commit(store, draft, onEvent);
  if (store.leave === undefined)
    throw new Failure('usage', `Nobody could publish a draft in ${safe(store.address, 1000)}.`);
  const left = await store.leave(draft);
  onEvent({ type: 'left', name: draft.name, url: left.url });
  return left;
}

async function commit(store: ReleaseStore, draft: Draft, onEvent: PublishListener): Promise<ReleaseDetails> {
  const { name } = draft;
  const details = await store.commit(draft).catch(async (error: unknown) => {
    // An error says that something failed, not that nothing was published: look before anything is undone.
    const known = error instanceof Failure && definite.includes(error.code);
    const ours = known ? undefined : await store.details(name);
    if (ours === undefined) throw error;
    return ours;
  });
  onEvent({ type: 'committed', name, url: details.url });
  return details;
}

async function abandon(store: ReleaseStore, draft: Draft, reason: unknown): Promise<boolean> {
  try {
    return await store.abandon(draft);
  } catch (cause) {
    const [why, then] = [reason, cause].map((error) => (error instanceof Error ? error.message : String(error)));
    throw new Failure('draft-left', `${why} The draft of \`${safe(draft.name)}\` is left: ${then}`, { cause });
  }
}
