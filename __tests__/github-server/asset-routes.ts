import { type Exchange, invalid, moment, notFound, page, type Reply, type Route, refused } from './exchange.ts';
import { releaseOf } from './release-routes.ts';
import type { AssetState, ReleaseState } from './state.ts';
import { assetJson } from './wire.ts';

/** Operations on assets; the upload stands on a host of its own. */
export const assetRoutes: readonly Route[] = [
  { method: 'GET', template: '/repos/{owner}/{repo}/releases/{release_id}/assets', answer: list },
  {
    method: 'GET',
    template: '/repos/{owner}/{repo}/releases/assets/{asset_id}',
    answer: (exchange) => found(exchange, show),
  },
  {
    method: 'PATCH',
    template: '/repos/{owner}/{repo}/releases/assets/{asset_id}',
    answer: (exchange) => found(exchange, rename),
  },
  {
    method: 'DELETE',
    template: '/repos/{owner}/{repo}/releases/assets/{asset_id}',
    answer: (exchange) => found(exchange, remove),
  },
];

/** The one operation of the upload host. */
export const uploadRoute: Route = {
  method: 'POST',
  template: '/repos/{owner}/{repo}/releases/{release_id}/assets',
  answer: upload,
};

const maximumBytes = 2_147_483_648;

/** The name that GitHub gives an asset (description of the upload operation). */
function assetName(wanted: string): string {
  return wanted.replace(/[^A-Za-z0-9._+-]/g, '.').replace(/^\.+|\.+$/g, '');
}

/** What a broken upload leaves. */
export function leaveStarter({ repository, query, now }: Exchange, release: ReleaseState): void {
  const name = assetName(query.get('name') ?? '');
  if (release.assets.some((asset) => asset.name === name)) return;
  release.assets.push({
    id: repository.nextId++,
    name,
    state: 'starter',
    size: 0,
    sha256: '',
    bytes: undefined,
    contentType: 'application/octet-stream',
    createdAt: moment(now()),
  });
}

function list(exchange: Exchange): Reply {
  const release = releaseOf(exchange);
  if (release === undefined) return notFound();
  const { repository, hosts, view } = exchange;
  const rows = release.assets.map((asset) => assetJson(repository, release, asset, hosts, view));
  return page(rows, exchange, `releases/${release.id}/assets`);
}

function upload(exchange: Exchange): Reply {
  const { repository, query, upload: content, now, hosts, view } = exchange;
  const release = releaseOf(exchange);
  if (release === undefined || content === undefined) return notFound();
  if (release.immutable) return refused(422, 'Cannot upload assets to an immutable release.');
  const name = assetName(query.get('name') ?? '');
  const wrong = content.size < 1 ? 'greater than or equal to 1' : `less than or equal to ${maximumBytes}`;
  if (content.size < 1 || content.size > maximumBytes) {
    return invalid('ReleaseAsset', [{ field: 'size', code: 'custom', message: `size must be ${wrong}` }]);
  }
  if (release.assets.some((asset) => asset.name === name)) {
    return invalid('ReleaseAsset', [{ field: 'name', code: 'already_exists' }]);
  }
  if (release.assets.length >= 1000) return invalid('ReleaseAsset', [{ field: 'file_count', code: 'custom' }]);
  const asset: AssetState = { id: repository.nextId++, name, state: 'uploaded', createdAt: moment(now()), ...content };
  release.assets.push(asset);
  return { status: 201, body: assetJson(repository, release, asset, hosts, view) };
}

function found(
  exchange: Exchange,
  answer: (asset: AssetState, release: ReleaseState, exchange: Exchange) => Reply,
): Reply {
  const { repository, params, access } = exchange;
  const releases = repository.releases.filter(({ draft }) => !draft || access === 'write');
  for (const release of releases) {
    const asset = release.assets.find(({ id }) => String(id) === params['asset_id']);
    if (asset !== undefined) return answer(asset, release, exchange);
  }
  return notFound();
}

function show(asset: AssetState, release: ReleaseState, { repository, hosts, view, accept }: Exchange): Reply {
  if (accept.includes('application/octet-stream')) {
    return {
      status: 302,
      headers: { location: `${hosts.storage}/objects/${asset.id}?signature=${asset.sha256.slice(0, 8)}` },
    };
  }
  return { status: 200, body: assetJson(repository, release, asset, hosts, view) };
}

function rename(asset: AssetState, release: ReleaseState, { body, repository, hosts, view }: Exchange): Reply {
  const name = assetName(String(body['name']));
  if (release.immutable) return refused(422, 'Cannot edit assets of an immutable release.');
  if (release.assets.some((other) => other.name === name && other !== asset)) {
    return invalid('ReleaseAsset', [{ field: 'name', code: 'already_exists' }]);
  }
  asset.name = name;
  return { status: 200, body: assetJson(repository, release, asset, hosts, view) };
}

function remove(asset: AssetState, release: ReleaseState): Reply {
  if (release.immutable) return refused(422, 'Cannot delete assets from an immutable release.');
  release.assets = release.assets.filter(({ id }) => id !== asset.id);
  return { status: 204 };
}
