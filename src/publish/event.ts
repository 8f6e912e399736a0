import type { PlannedAsset, PublishPlan } from '../domain/plan.ts';

/** What happens while a release is being published, in order; told right after it happened. */
export type PublishEvent =
  /** The name is ours. `resumed`: an earlier try left a draft, and it is gone on with. */
  | { readonly type: 'claimed'; readonly name: string; readonly resumed: boolean }
  /** Others published since the plan was made: the index was made anew, and this plan holds now. */
  | { readonly type: 'replanned'; readonly plan: PublishPlan }
  /** `bytes` of an asset went out; the last one with all of them. */
  | { readonly type: 'putting'; readonly asset: PlannedAsset; readonly bytes: number }
  /** An asset is in the draft. `kept`: an earlier try had put it there. */
  | { readonly type: 'put'; readonly asset: PlannedAsset; readonly kept: boolean }
  /** The draft was read back and holds what was planned. */
  | { readonly type: 'sealed' }
  | { readonly type: 'committed'; readonly name: string; readonly url: string }
  /** The draft was left for a person to publish. */
  | { readonly type: 'left'; readonly name: string; readonly url: string }
  /** The draft was removed, because something failed. */
  | { readonly type: 'abandoned'; readonly name: string }
  /** An asset of a published release was read back. */
  | { readonly type: 'read'; readonly asset: PlannedAsset }
  /** With `--next`: another run took the number. */
  | { readonly type: 'renamed'; readonly from: string; readonly to: string };

/** Takes the events. It must not throw. */
export type PublishListener = (event: PublishEvent) => void;
