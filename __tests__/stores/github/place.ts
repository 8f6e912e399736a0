import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Clock, Patience } from '../../../src/stores/github/clock.ts';
import { type GitHubStoreOptions, openGitHubStore } from '../../../src/stores/github/github.ts';
import { type GitHubOptions, type GitHubServer, startGitHub } from '../../github-server/server.ts';
import { emptyRepository, type RepositoryState } from '../../github-server/state.ts';

/** Address of the repository that the server has. */
export const address = 'github:blue-team/detections';

/** A token in the form of a job's; made at run time, so that no file of the repository holds one. */
export function plantedToken(): string {
  return ['ghs', randomBytes(18).toString('hex')].join('_');
}

/** A clock on which pauses pass at once, nearly: others get their turn, and the time goes on by what was asked for. */
export function quickClock(): Clock & { readonly pauses: number[] } {
  let ahead = 0;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => new Date(Date.now() + ahead),
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
      ahead += milliseconds;
      await setTimeout(Math.min(milliseconds / 200, 5));
    },
  };
}

/** Patience for tests: what hangs is given up soon. */
export const impatient: Partial<Patience> = { request: 400, stall: 400 };

/** A server with one token that may write and one that may read. */
export interface Place {
  readonly server: GitHubServer;
  readonly token: string;
  readonly reader: string;
  open(options?: GitHubStoreOptions): ReturnType<typeof openGitHubStore>;
}

/** Starts a server for one test. */
export async function startPlace(
  repository: RepositoryState = emptyRepository(),
  options: Omit<GitHubOptions, 'tokens'> & {
    readonly writers?: readonly string[];
    readonly readers?: readonly string[];
  } = {},
): Promise<Place> {
  const [token, reader] = [plantedToken(), plantedToken()];
  const writers = [token, ...(options.writers ?? [])];
  const tokens = {
    ...Object.fromEntries(writers.map((writer) => [writer, 'write'] as const)),
    ...Object.fromEntries([reader, ...(options.readers ?? [])].map((each) => [each, 'read'] as const)),
  };
  const server = await startGitHub(repository, { ...options, tokens });
  const open = (more: GitHubStoreOptions = {}): ReturnType<typeof openGitHubStore> =>
    openGitHubStore(address, { apiUrl: server.apiUrl, token, clock: quickClock(), patience: impatient, ...more });
  return { server, token, reader, open };
}
