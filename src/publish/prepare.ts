import type { Bundle } from '../domain/bundle.ts';
import type { History } from '../domain/history.ts';
import type { PublishPlan } from '../domain/plan.ts';
import type { AssetContent, DraftRequest } from '../stores/store.ts';
import { checksumsAsset } from './checksums.ts';
import { type HeldModel, modelsOf } from './content.ts';
import { type Packed, type PackOptions, packBundle } from './pack.ts';
import { planPublish } from './plan.ts';
import { indexAsset } from './release-index.ts';

/** What preparing a release needs to know besides bundle and history. */
export interface PrepareOptions extends PackOptions {
  /** Id of the run: it resumes its own draft, and nobody else's. */
  readonly run: string;
  /** Whether the draft is left for a person to publish. */
  readonly draft?: boolean;
}

/** A release that is ready to be published: the plan, and the bytes that it names. */
export interface PreparedRelease {
  readonly plan: PublishPlan;
  /** In the order of upload: zip, SHA256SUMS, index, manifest. */
  readonly assets: readonly AssetContent[];
  readonly request: DraftRequest;
  readonly models: readonly HeldModel[];
  /** The same for another history: index and checksums are made anew. @throws Failure `release-exists`, `number-lost` */
  renew(history: History): PreparedRelease;
  /** Removes temporary files; the assets cannot be read any more. */
  dispose(): Promise<void>;
}

/**
 * Packs a bundle and plans its release.
 * @throws Failure those of `packBundle` and `planPublish`
 */
export async function prepareRelease(
  bundle: Bundle,
  history: History,
  options: PrepareOptions,
): Promise<PreparedRelease> {
  const packed = await packBundle(bundle, options);
  try {
    return prepared(bundle, packed, history, options);
  } catch (error) {
    await packed.dispose();
    throw error;
  }
}

function prepared(bundle: Bundle, packed: Packed, history: History, options: PrepareOptions): PreparedRelease {
  const { name, commit, run, notes, draft = false } = options;
  const assets = releaseAssets(packed, history);
  return {
    plan: planPublish({ name, entries: bundle.entries, assets, history, draft }),
    assets,
    request: { name, run, digest: bundle.sha256, notes, ...(commit === undefined ? {} : { commit }) },
    models: modelsOf(bundle),
    renew: (newer) => prepared(bundle, packed, newer, options),
    dispose: () => packed.dispose(),
  };
}

/** The manifest comes last: a release in which it is, is complete. */
function releaseAssets({ zip, manifest, known }: Packed, history: History): AssetContent[] {
  const { madeFrom, releases, partial = [] } = history;
  const listed = releases.filter(({ name }) => name !== known.name && !partial.includes(name));
  const index = indexAsset({ madeFrom, releases: [...listed, known] });
  return [zip, checksumsAsset([zip, index, manifest]), index, manifest];
}
