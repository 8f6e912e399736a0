import { type Exchange, notFound, page, type Reply, type Route, refused } from './exchange.ts';
import { refJson, repositoryJson, rulesetJson, tagJson } from './wire.ts';

/** Operations on the repository, its references and its rules. */
export const repositoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/repos/{owner}/{repo}',
    answer: ({ repository, hosts }) => ({ status: 200, body: repositoryJson(repository, hosts) }),
  },
  { method: 'GET', template: '/repos/{owner}/{repo}/git/matching-refs/{ref+}', answer: matchingRefs },
  { method: 'GET', template: '/repos/{owner}/{repo}/git/ref/{ref+}', answer: readRef },
  { method: 'POST', template: '/repos/{owner}/{repo}/git/refs', answer: createRef },
  { method: 'DELETE', template: '/repos/{owner}/{repo}/git/refs/{ref+}', answer: deleteRef },
  { method: 'GET', template: '/repos/{owner}/{repo}/git/tags/{tag_sha}', answer: readTag },
  { method: 'GET', template: '/repos/{owner}/{repo}/rulesets', answer: listRules },
  { method: 'GET', template: '/repos/{owner}/{repo}/rulesets/{ruleset_id}', answer: readRule },
];

function matchingRefs(exchange: Exchange): Reply {
  const { repository, params, hosts } = exchange;
  const prefix = params['ref'] ?? '';
  const found = [...repository.refs].filter(([ref]) => ref.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = found.map(([ref, object]) => refJson(repository, ref, object, hosts));
  return page(rows, exchange, `git/matching-refs/${prefix}`, exchange.refsAtOnce ?? Math.max(1, rows.length));
}

function readRef({ repository, params, hosts }: Exchange): Reply {
  const ref = params['ref'] ?? '';
  const object = repository.refs.get(ref);
  return object === undefined ? notFound() : { status: 200, body: refJson(repository, ref, object, hosts) };
}

function createRef({ repository, body, hosts }: Exchange): Reply {
  const ref = String(body['ref']).replace(/^refs\//, '');
  const sha = String(body['sha']);
  const tag = ref.replace(/^tags\//, '');
  if (repository.refs.has(ref)) return refused(422, 'Reference already exists');
  if (!repository.commits.has(sha)) return refused(422, 'Object does not exist');
  if (repository.burnt.has(tag) || repository.rules.some(({ prefix, bypass }) => tag.startsWith(prefix) && !bypass)) {
    return refused(422, 'Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n');
  }
  repository.refs.set(ref, { type: 'commit', sha });
  return { status: 201, body: refJson(repository, ref, { type: 'commit', sha }, hosts) };
}

function deleteRef({ repository, params }: Exchange): Reply {
  const ref = params['ref'] ?? '';
  if (!repository.refs.has(ref)) return refused(422, 'Reference does not exist');
  const locked = repository.releases.some(({ tag, immutable }) => `tags/${tag}` === ref && immutable);
  if (locked) return refused(422, 'Cannot delete a tag that is used by an immutable release');
  repository.refs.delete(ref);
  return { status: 204 };
}

function readTag({ repository, params, hosts }: Exchange): Reply {
  const sha = params['tag_sha'] ?? '';
  const target = repository.tagObjects.get(sha);
  return target === undefined ? notFound() : { status: 200, body: tagJson(repository, sha, target, hosts) };
}

function listRules({ repository }: Exchange): Reply {
  return { status: 200, body: repository.rules.map((rule) => rulesetJson(repository, rule, false)) };
}

function readRule({ repository, params }: Exchange): Reply {
  const rule = repository.rules.find(({ id }) => String(id) === params['ruleset_id']);
  return rule === undefined ? notFound() : { status: 200, body: rulesetJson(repository, rule, true) };
}
