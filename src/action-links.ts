import type { Links } from './reporters/options.ts';

/** Where the lines of this commit stand, as the runner tells; undefined where a part is not of its exact form. */
export function linksOf(env: Readonly<Record<string, string | undefined>>): Links | undefined {
  const server = env['GITHUB_SERVER_URL'] ?? '';
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  const commit = env['GITHUB_SHA'] ?? '';
  const exact =
    /^https:\/\/[A-Za-z0-9.-]{1,253}$/.test(server) &&
    /^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/.test(repository) &&
    /^[0-9a-f]{40}$/.test(commit);
  return exact ? { server, repository, commit } : undefined;
}
