import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type ActRun, act, annotationsOf, outputsOf } from './act.ts';
import { dga, github, token } from './loopback.ts';
import { type Workspace, workspace } from './workspace.ts';

/** A workflow of a team's own that uses the action itself, as the README shows it. */
const caller = `name: Release
on: { push: { tags: ['ML-*'] } }
permissions: {}
jobs:
  release:
    runs-on: ubuntu-24.04
    permissions:
      contents: write # to publish the release
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: echo "Node $(node --version)"
      - id: release
        uses: ./
        with:
          command: release
          bundle: examples/${dga}
      - run: echo "published \${{ steps.release.outputs.release-name }} \${{ steps.release.outputs.bundle-sha256 }}"
`;

async function pushTag(place: Workspace, apiUrl: string): Promise<ActRun> {
  return await act(place, 'push', { event: { ref: `refs/tags/${dga}` }, token, env: { GITHUB_API_URL: apiUrl } });
}

it('the action of the root publishes on Node 24, its outputs reach the next step, and its end is not reported', async () => {
  const place = workspace(caller);
  const server = await github(place);
  const ran = await pushTag(place, server.apiUrl);
  expect(ran.exit, ran.log).toBe(0);
  // act takes whatever Node comes first on the path, whatever `runs.using` says: this is the check that it was 24.
  expect(ran.log).toMatch(/^Node v24\./m);
  expect(readFileSync('action.yml', 'utf8')).toContain('using: node24');
  const zip = server.repository.releases[0]?.assets.find(({ name }) => name === `${dga}.zip`);
  expect(ran.log).toContain(`published ${dga} ${zip?.sha256}`);
  expect(outputsOf(ran, './')).toMatchObject({ outcome: 'passed', 'release-name': dga });
  expect(annotationsOf(ran).map(({ properties }) => properties['title'])).not.toContain('Unfinished release');
  expect(server.problems).toEqual([]);
});

/** Processes that run the action of a workspace: act copies it below the folder that it was given as its home. */
function actionsOf({ beside }: Workspace): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words.some((word) => word.startsWith(beside) && word.endsWith('dist/index.cjs'));
      } catch {
        return false; // It ended meanwhile.
      }
    })
    .map(Number);
}

it('an action that is killed leaves a draft: the runner has its post step name it, and its run again ends it', async () => {
  const place = workspace(caller);
  const killed: number[] = [];
  const server = await github(place, {
    onChange: ({ releases }) => {
      if (killed.length > 0 || !releases.some(({ draft, assets }) => draft && assets.length > 0)) return;
      for (const pid of actionsOf(place)) if (process.kill(pid, 'SIGKILL')) killed.push(pid);
    },
  });
  const ran = await pushTag(place, server.apiUrl);
  expect(killed).toHaveLength(1);
  expect(ran.exit).toBe(1);
  expect(server.repository.releases.map(({ tag, draft }) => [tag, draft])).toEqual([[dga, true]]);
  const left = annotationsOf(ran).filter(({ properties }) => properties['title'] === 'Unfinished release');
  expect(left.map(({ command, value }) => [command, value.includes('gh run rerun')])).toEqual([['warning', true]]);

  // act gives every run the same number, as the runner does with every attempt of one run.
  const again = await pushTag(place, server.apiUrl);
  expect(again.exit, again.log).toBe(0);
  expect(server.repository.releases.map(({ tag, draft }) => [tag, draft])).toEqual([[dga, false]]);
  expect(server.problems).toEqual([]);
});
