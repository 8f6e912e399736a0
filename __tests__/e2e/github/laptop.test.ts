import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import { emptyRepository } from '../../github-server/state.ts';
import { plantedToken } from '../../stores/github/place.ts';
import { dga, environment, temporary, workFolder } from '../mldr.ts';
import { type Started, start } from '../started.ts';

const words = ['release', `examples/${dga}`, '--store', 'github:blue-team/detections', '--accept-warnings'];

/** A person's release that is killed as soon as its draft holds a file. */
async function killedRelease(cache: string) {
  const token = plantedToken();
  let running: Started | undefined;
  const server: GitHubServer = await startGitHub(emptyRepository(), {
    tokens: { [token]: 'write' },
    onChange: ({ releases }) => {
      if (releases.some(({ draft, assets }) => draft && assets.length > 0)) running?.child.kill('SIGKILL');
    },
  });
  const folder = workFolder(dga);
  const env = environment({ GITHUB_TOKEN: token, GITHUB_API_URL: server.apiUrl, XDG_CACHE_HOME: cache });
  running = start(folder, words, env);
  expect(await running.ended).toMatchObject({ signal: 'SIGKILL' });
  running = undefined;
  const released = () => server.repository.releases.map(({ tag, draft }) => [tag, draft]);
  expect(released()).toEqual([[dga, true]]);
  return { server, released, again: () => start(folder, words, env).ended };
}

const runs = (cache: string): string[] => readdirSync(join(cache, 'ml-detection-release', 'runs'));

it('the same command goes on with the draft of a process that was killed, and leaves nothing of it behind', async () => {
  const cache = temporary();
  const { server, released, again } = await killedRelease(cache);
  expect(runs(cache)).toHaveLength(1);
  const ended = await again();
  expect(ended.code, ended.stderr).toBe(0);
  expect(released()).toEqual([[dga, false]]);
  expect(runs(cache)).toEqual([]);
  await server.close();
});

it('somebody who does not have its id is told of the draft, and changes nothing', async () => {
  const cache = temporary();
  const { server, released, again } = await killedRelease(cache);
  rmSync(cache, { recursive: true });
  const ended = await again();
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('claim-held');
  expect(released()).toEqual([[dga, true]]);
  await server.close();
});
