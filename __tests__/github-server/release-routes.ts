import { type Exchange, invalid, moment, notFound, page, type Reply, type Route, refused } from './exchange.ts';
import type { ReleaseState } from './state.ts';
import { releaseJson } from './wire.ts';

const cap = 1000;

/** Operations on releases. */
export const releaseRoutes: readonly Route[] = [
  { method: 'GET', template: '/repos/{owner}/{repo}/releases', answer: list },
  { method: 'POST', template: '/repos/{owner}/{repo}/releases', answer: create },
  { method: 'POST', template: '/repos/{owner}/{repo}/releases/generate-notes', answer: generateNotes },
  { method: 'GET', template: '/repos/{owner}/{repo}/releases/tags/{tag}', answer: byTag },
  {
    method: 'GET',
    template: '/repos/{owner}/{repo}/releases/{release_id}',
    answer: (exchange) => found(exchange, shown),
  },
  {
    method: 'PATCH',
    template: '/repos/{owner}/{repo}/releases/{release_id}',
    answer: (exchange) => found(exchange, (release) => change(exchange, release)),
  },
  {
    method: 'DELETE',
    template: '/repos/{owner}/{repo}/releases/{release_id}',
    answer: (exchange) => found(exchange, (release) => remove(exchange, release)),
  },
];

/** The release that a path names, where the token may see it. */
export function releaseOf({ repository, params, access }: Exchange): ReleaseState | undefined {
  const release = repository.releases.find(({ id }) => String(id) === params['release_id']);
  return release?.draft === true && access !== 'write' ? undefined : release;
}

function found(exchange: Exchange, answer: (release: ReleaseState, exchange: Exchange) => Reply): Reply {
  const release = releaseOf(exchange);
  return release === undefined ? notFound() : answer(release, exchange);
}

function shown(release: ReleaseState, { repository, hosts, view }: Exchange): Reply {
  return { status: 200, body: releaseJson(repository, release, hosts, view) };
}

function list(exchange: Exchange): Reply {
  const { repository, query, access, hosts, view } = exchange;
  const size = Math.min(100, Number(query.get('per_page') ?? 30));
  if (Number(query.get('page') ?? 1) * size > cap) return refused(422, 'Only the first 1000 results are available.');
  const visible = repository.releases
    .filter(({ draft }) => !draft || access === 'write')
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id - a.id)
    .slice(0, cap);
  // Only what is shown is rendered: thousands of releases would cost the test its time.
  const paged = page(visible, exchange, 'releases');
  const rows = paged.body as ReleaseState[];
  return { ...paged, body: rows.map((release) => releaseJson(repository, release, hosts, view)) };
}

function byTag(exchange: Exchange): Reply {
  const release = exchange.repository.releases.find(({ tag, draft }) => tag === exchange.params['tag'] && !draft);
  return release === undefined ? notFound() : shown(release, exchange);
}

function create(exchange: Exchange): Reply {
  const { repository, body, now } = exchange;
  const tag = String(body['tag_name']);
  const draft = body['draft'] === true;
  if (!draft) return refused(500, 'The tests know drafts only.');
  const release: ReleaseState = {
    id: repository.nextId++,
    tag,
    name: String(body['name'] ?? ''),
    body: String(body['body'] ?? ''),
    draft,
    immutable: false,
    makeLatest: String(body['make_latest'] ?? 'true'),
    createdAt: moment(now()),
    publishedAt: null,
    assets: [],
  };
  if (release.body.length > 125_000) {
    return invalid('Release', [
      { field: 'body', code: 'custom', message: 'body is too long (maximum is 125000 characters)' },
    ]);
  }
  repository.releases.push(release);
  return { status: 201, body: releaseJson(repository, release, exchange.hosts, exchange.view) };
}

function change(exchange: Exchange, release: ReleaseState): Reply {
  const { repository, body, now } = exchange;
  if (body['draft'] === false && release.draft) {
    const refusal = unpublishable(exchange, release);
    if (refusal !== undefined) return refusal;
    // Where nobody made the tag, GitHub makes it at the head of the default branch.
    const ref = `tags/${release.tag}`;
    if (!repository.refs.has(ref)) repository.refs.set(ref, { type: 'commit', sha: repository.head });
    release.draft = false;
    release.immutable = repository.immutable;
    release.publishedAt = moment(now());
    release.makeLatest = String(body['make_latest'] ?? 'true');
  }
  if (body['draft'] === true) release.draft = true;
  if (typeof body['body'] === 'string') release.body = body['body'];
  if (typeof body['name'] === 'string') release.name = body['name'];
  return shown(release, exchange);
}

function unpublishable({ repository }: Exchange, release: ReleaseState): Reply | undefined {
  if (repository.burnt.has(release.tag)) {
    return invalid('Release', [
      { field: 'tag_name', code: 'custom', message: 'tag_name was used by an immutable release' },
      { field: 'pre_receive', code: 'custom', message: 'Sorry, Cannot create ref due to creations being restricted.' },
    ]);
  }
  const rival = repository.releases.some(({ tag, draft }) => tag === release.tag && !draft);
  return rival ? invalid('Release', [{ field: 'tag_name', code: 'already_exists' }]) : undefined;
}

function remove({ repository }: Exchange, release: ReleaseState): Reply {
  if (release.immutable) repository.burnt.add(release.tag);
  repository.releases = repository.releases.filter(({ id }) => id !== release.id);
  return { status: 204 };
}

function generateNotes({ body, repository }: Exchange): Reply {
  const notes = `**Full Changelog**: ${repository.owner}/${repository.name}/commits/${String(body['tag_name'])}`;
  return { status: 200, body: { name: String(body['tag_name']), body: notes } };
}
