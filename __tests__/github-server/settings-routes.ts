import { type Exchange, notFound, type Reply, type Route, refused } from './exchange.ts';
import { contentJson, environmentJson, rateLimitJson, runJson } from './settings-wire.ts';

/** Operations on what a repository is set to, on its files and its runs: nothing here is ever changed. */
export const settingsRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/rate_limit',
    answer: ({ repository }) => ({ status: 200, body: rateLimitJson(repository) }),
  },
  { method: 'GET', template: '/repos/{owner}/{repo}/contents/{path+}', answer: content },
  { method: 'GET', template: '/repos/{owner}/{repo}/environments/{environment_name}', answer: environment },
  { method: 'GET', template: '/repos/{owner}/{repo}/immutable-releases', answer: immutable },
  { method: 'GET', template: '/repos/{owner}/{repo}/actions/runs/{run_id}', answer: run },
];

function content({ repository, params, hosts }: Exchange): Reply {
  const path = params['path'] ?? '';
  const text = repository.files.get(path);
  return text === undefined ? notFound() : { status: 200, body: contentJson(repository, path, text, hosts) };
}

function environment({ repository, params, hosts }: Exchange): Reply {
  const name = params['environment_name'] ?? '';
  const found = repository.environments.get(name);
  return found === undefined ? notFound() : { status: 200, body: environmentJson(repository, name, found, hosts) };
}

/** Only administrators may ask; a job's token never may (tend#1290). */
function immutable({ repository }: Exchange): Reply {
  if (!repository.administered) return refused(403, 'Resource not accessible by integration');
  if (!repository.immutable) return notFound();
  return { status: 200, body: { enabled: true, enforced_by_owner: false } };
}

function run({ repository, params, hosts }: Exchange): Reply {
  const id = params['run_id'] ?? '';
  const status = repository.runs.get(id);
  return status === undefined ? notFound() : { status: 200, body: runJson(repository, Number(id), status, hosts) };
}
