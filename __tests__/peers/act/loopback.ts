import { onTestFinished } from 'vitest';
import { type GitHubOptions, type GitHubServer, startGitHub } from '../../github-server/server.ts';
import { emptyRepository } from '../../github-server/state.ts';
import type { Workspace } from './workspace.ts';

/** The example that is released. */
export const dga = 'ML-DGA-20261122-2';

/** What act gives the jobs as their token. */
export const token = 'ghs_0123456789abcdefABCDEF';

/** What the server may be told besides its tokens. */
interface Loopback extends Omit<GitHubOptions, 'tokens'> {
  readonly access?: 'write' | 'read';
  /** Of the owner `blue-team`; by default the repository that the workflow runs in. */
  readonly name?: string;
  /** Whether the tag is there, as behind a push of it. */
  readonly tagged?: boolean;
}

/** A GitHub whose repository holds the workspace's commit, under the tag of the example. */
export async function github(
  { commit }: Workspace,
  { access = 'write', name = 'detections', tagged = true, ...options }: Loopback = {},
): Promise<GitHubServer> {
  const repository = { ...emptyRepository(), name };
  repository.commits.add(commit);
  if (tagged) repository.refs.set(`tags/${dga}`, { type: 'commit', sha: commit });
  const server = await startGitHub(repository, { ...options, tokens: { [token]: access } });
  onTestFinished(() => server.close());
  return server;
}
