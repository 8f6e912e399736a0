import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { releaseWorkflow } from '../../../src/commands/init/templates.ts';
import type { GitHubServer } from '../../github-server/server.ts';
import { type ActRun, act, annotationsOf, outputsOf } from './act.ts';
import { dga, github, token } from './loopback.ts';
import { type Workspace, workspace } from './workspace.ts';

const assets = [`${dga}.zip`, 'SHA256SUMS', 'index.json', `manifest-${dga}.json`];

async function pushTag(
  place: Workspace,
  server: GitHubServer,
  repository = { private: false },
  tag = dga,
): Promise<ActRun> {
  const event = { ref: `refs/tags/${tag}`, repository };
  return await act(place, 'push', { event, token, env: { GITHUB_API_URL: server.apiUrl } });
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Nothing of the token, in any encoding, in what a run printed after the masks. */
function shown({ printed }: ActRun): string {
  return printed
    .split('\n')
    .filter((line) => !line.includes('"command":"add-mask"'))
    .join('\n');
}

it('a pushed tag is packed by one job and published by the other; a second run finds it done', async () => {
  const caller = `${releaseWorkflow}    with:\n      notes-file: docs/notes.md\n`;
  const place = workspace(caller, (folder) => {
    mkdirSync(join(folder, 'docs'));
    writeFileSync(join(folder, 'docs/notes.md'), 'Trained on the feeds of November.');
    writeFileSync(join(folder, 'ml-detection-release.toml'), '[limits]\nentries = 2000\n');
  });
  const server = await github(place);
  const ran = await pushTag(place, server);
  expect(ran.exit, ran.log).toBe(0);
  // The job that publishes has no checkout: configuration and notes came to it with the packed bundle.
  expect(server.repository.releases[0]?.body).toContain('Trained on the feeds of November.');
  expect(ran.log.match(/entries.*2000/g)).toHaveLength(2);
  const [release] = server.repository.releases;
  expect(release).toMatchObject({ tag: dga, draft: false });
  expect(release?.assets.map(({ name }) => name).sort()).toEqual(assets);
  const zip = release?.assets.find(({ name }) => name.endsWith('.zip'));
  const { 'bundle-sha256': digest, 'release-name': name, 'release-url': url } = outputsOf(ran, './actions/run');
  expect([digest, name]).toEqual([zip?.sha256, dga]);
  expect(url).toContain(`/releases/tag/${dga}`);
  expect(readFileSync(join(place.beside, 'attested'), 'utf8')).toBe(`${dga}.zip sha256:${zip?.sha256}\n`);
  expect(shown(ran)).not.toContain(token);
  expect(server.problems).toEqual([]);

  const before = release?.assets.map(({ bytes }) => sha256(bytes ?? Buffer.alloc(0)));
  // A private repository, too: nothing is signed there unless it is asked for.
  rmSync(join(place.beside, 'attested'));
  const again = await pushTag(place, server, { private: true });
  expect(again.exit, again.log).toBe(0);
  expect(existsSync(join(place.beside, 'attested'))).toBe(false);
  expect(server.repository.releases.length).toBe(1);
  expect(server.repository.releases[0]?.assets.map(({ bytes }) => sha256(bytes ?? Buffer.alloc(0)))).toEqual(before);
});

it('a broken bundle under a tag is never published, nor is anything of it kept', async () => {
  const place = workspace(releaseWorkflow, (folder) => {
    writeFileSync(join(folder, 'examples', dga, 'dga_1000_1.0_ngrams_create.json'), '{');
  });
  const server = await github(place);
  const ran = await pushTag(place, server);
  expect(ran.exit).toBe(1);
  expect(annotationsOf(ran).some(({ command }) => command === 'error')).toBe(true);
  expect(server.repository.releases).toEqual([]);
  expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

it('a token that may not write is told the permission to add, and leaves nothing', async () => {
  const place = workspace(releaseWorkflow);
  const server = await github(place, { access: 'read' });
  const ran = await pushTag(place, server);
  expect(ran.exit).toBe(1);
  expect(ran.log).toContain('contents: write');
  expect(server.repository.releases).toEqual([]);
  expect(shown(ran)).not.toContain(token);
});

it('a tag that was moved since is not published', async () => {
  const place = workspace(releaseWorkflow);
  const server = await github(place);
  const [other = ''] = [...server.repository.commits].filter((commit) => commit !== place.commit);
  server.repository.refs.set(`tags/${dga}`, { type: 'commit', sha: other });
  const ran = await pushTag(place, server);
  expect(ran.exit).toBe(1);
  expect(ran.log).toContain('tag-moved');
  expect(server.repository.releases.filter(({ draft }) => !draft)).toEqual([]);
});

// act starts a workflow whatever its filter of tags says; which tags it lets pass is looked at in workflows.test.ts.
it('a tag that names no release is refused, wherever it comes from', async () => {
  const place = workspace(releaseWorkflow);
  const server = await github(place);
  for (const tag of ['v1.2.3', 'ML-DGA-latest', 'ML-DGA-20261122-3']) {
    const ran = await pushTag(place, server, { private: false }, tag);
    expect(ran.exit, tag).toBe(1);
  }
  expect(server.repository.releases).toEqual([]);
  expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});
