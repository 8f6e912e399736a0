import { compareText } from '../domain/diagnostic.ts';
import type { PlannedAsset } from '../domain/plan.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { LeftDraft, ReleaseStore, StoredAsset } from '../stores/store.ts';
import { mapParallel } from './parallel.ts';
import type { PreparedRelease } from './prepare.ts';
import { measured } from './read-asset.ts';
import type { Verification } from './verify.ts';

/** What comparing has shown: see `Verification`. */
export type Confirmation = Omit<Verification, 'publishedAt' | 'kind'>;

/**
 * Compares a release that was published a moment ago, or a draft that was left, with what was put into it, and its tag with the commit that was
 * asked for. A digest that the store gives of the bytes that it holds counts; an asset without one is read. What is in
 * the files was proven when they were packed: nobody else has written them.
 * @param details as the store gave them after publishing
 * @param onAsset told of every asset that was compared
 * @throws Failure `tag-moved`, with both commits; those of the store
 */
export async function confirm(
  store: ReleaseStore,
  details: LeftDraft,
  { assets: expected, models, request }: PreparedRelease,
  onAsset: (asset: PlannedAsset) => void = () => undefined,
): Promise<Confirmation> {
  const { name, url, commit } = details;
  requireCommit(name, request.commit, commit);
  const read = await mapParallel(details.assets, (asset) => known(store, name, asset));
  const assets = read.filter((asset) => asset !== undefined).sort((a, b) => compareText(a.name, b.name));
  for (const asset of assets) onAsset(asset);
  return {
    name,
    url,
    ...(commit === undefined ? {} : { commit }),
    assets,
    models: models.map(({ id, sha256 }) => ({ id, sha256 })),
    problems: differences(expected, assets),
    unproven: [],
  };
}

/** @throws Failure `tag-moved` where both are known and differ */
function requireCommit(name: string, wanted: string | undefined, found: string | undefined): void {
  if (wanted === undefined || found === undefined || wanted === found) return;
  throw new Failure(
    'tag-moved',
    `The tag of \`${safe(name)}\` stands on ${safe(found)} now; what was checked and released is commit ${safe(wanted)}.`,
  );
}

async function known(
  store: ReleaseStore,
  release: string,
  { name, size, sha256 }: StoredAsset,
): Promise<PlannedAsset | undefined> {
  if (sha256 !== undefined) return { name, size, sha256 };
  const stream = await store.read(release, name);
  return stream === undefined ? undefined : { name, ...(await measured(stream)) };
}

function differences(expected: readonly PlannedAsset[], assets: readonly PlannedAsset[]): string[] {
  const planned = new Map(expected.map((asset) => [asset.name, asset]));
  const found = new Map(assets.map((asset) => [asset.name, asset]));
  return [...new Set([...planned.keys(), ...found.keys()])].flatMap((name) => {
    const [wanted, actual] = [planned.get(name), found.get(name)];
    if (wanted?.sha256 === actual?.sha256 && wanted?.size === actual?.size) return [];
    return [
      `\`${safe(name)}\` was published with sha256 ${wanted?.sha256 ?? 'none'} and reads back with ${actual?.sha256 ?? 'none'}.`,
    ];
  });
}
