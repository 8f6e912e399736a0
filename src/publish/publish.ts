import type { Limits } from '../domain/limits.ts';
import type { PlannedAsset } from '../domain/plan.ts';
import { Failure } from '../errors.ts';
import type { LeftDraft, ReleaseDetails, ReleaseStore } from '../stores/store.ts';
import { applyPlan } from './apply.ts';
import { type Confirmation, confirm } from './confirm.ts';
import type { PublishListener } from './event.ts';
import { type HistoryOptions, readHistory } from './history.ts';
import type { PreparedRelease } from './prepare.ts';
import { requireVerified, verifyRelease } from './verify.ts';

/** What publishing may be told. */
export interface PublishOptions {
  readonly limits: Limits;
  readonly onEvent?: PublishListener;
  /** How the history is read again where others published since; as it was read for the plan. */
  readonly history?: HistoryOptions;
}

/** What became of a release: read back from the store, never from the plan. */
export interface Published {
  /** `unchanged`: it was published with these very files already. `draft`: it was left for a person to publish. */
  readonly state: 'published' | 'unchanged' | 'draft';
  readonly verification: Confirmation;
  /** As it was carried out: not the one given, where others published meanwhile. */
  readonly release: PreparedRelease;
}

/**
 * Applies the plan of a prepared release and compares what the store holds then with what was put into it; one that
 * was published before is read and proven. Where others published since the plan was made, the index is made anew under
 * the claim. The caller disposes of the prepared release.
 * @throws Failure those of `applyPlan`; `verify-failed`, `tag-moved`, `release-corrupt` (what was published already is
 * not sound)
 */
export async function publishRelease(
  store: ReleaseStore,
  prepared: PreparedRelease,
  options: PublishOptions,
): Promise<Published> {
  let release = prepared;
  const renew = async (): Promise<PreparedRelease> => {
    release = release.renew(await readHistory(store, options.history));
    return release;
  };
  const details = await carryOut(store, prepared, renew, options);
  const { limits, onEvent } = options;
  const onAsset = (asset: PlannedAsset): void => onEvent?.({ type: 'read', asset });
  if (details === undefined) {
    const verification = await verifyRelease(store, release.plan.release, { limits, onAsset });
    requireVerified(verification, 'release-corrupt');
    return { state: 'unchanged', verification, release };
  }
  const verification = await confirm(store, details, release, onAsset);
  const state = 'publishedAt' in details ? 'published' : 'draft';
  requireVerified(verification, state === 'published' ? 'verify-failed' : 'precondition-failed');
  return { state, verification, release };
}

async function carryOut(
  store: ReleaseStore,
  prepared: PreparedRelease,
  renew: () => Promise<PreparedRelease>,
  { onEvent }: PublishOptions,
): Promise<ReleaseDetails | LeftDraft | undefined> {
  if (prepared.plan.operations.length === 0) return undefined;
  try {
    return await applyPlan(store, prepared, { replan: renew, ...(onEvent === undefined ? {} : { onEvent }) });
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'release-exists') throw error;
    // Another run was faster; with the very same files there is nothing left to do. If not, this says what differs.
    if ((await renew()).plan.operations.length === 0) return undefined;
    throw error;
  }
}
