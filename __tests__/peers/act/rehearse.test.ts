import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rehearseWorkflow } from '../../../src/commands/init/templates.ts';
import { act, annotationsOf, outputsOf, summaryOf } from './act.ts';
import { dga, github, token } from './loopback.ts';
import { artifactsOf, workspace } from './workspace.ts';

const step = './actions/run';
const inputs = { bundle: `examples/${dga}` };

it('releases into a folder, reads it back, and keeps it', async () => {
  const place = workspace(rehearseWorkflow);
  const ran = await act(place, 'workflow_dispatch', { inputs });
  expect(ran.exit, ran.log).toBe(0);
  expect(outputsOf(ran, step)).toMatchObject({ 'release-name': dga, outcome: 'passed' });
  expect(outputsOf(ran, 'Read it back')).toMatchObject({ outcome: 'passed' });
  expect(summaryOf(ran)).toContain(dga);
  const kept = join(artifactsOf(place).get('rehearsal') ?? '', dga);
  expect(readdirSync(kept).sort()).toEqual([
    `${dga}.zip`,
    'SHA256SUMS',
    'index.json',
    `manifest-${dga}.json`,
    'release.json',
  ]);
});

it('releases in a fork where one is named, and reads it back from there', async () => {
  const secrets = `    secrets:\n      token: \${{ secrets.GITHUB_TOKEN }}\n`;
  const place = workspace(`${rehearseWorkflow}      repository: blue-team/rehearsal\n${secrets}`);
  const server = await github(place, { name: 'rehearsal', tagged: false });
  const ran = await act(place, 'workflow_dispatch', { inputs, token, env: { GITHUB_API_URL: server.apiUrl } });
  expect(ran.exit, ran.log).toBe(0);
  expect(outputsOf(ran, 'Read it back')).toMatchObject({ outcome: 'passed' });
  const { releases, refs } = server.repository;
  expect(releases.map(({ tag, draft }) => [tag, draft])).toEqual([[dga, false]]);
  expect(refs.get(`tags/${dga}`)?.sha).toBe(place.commit);
  expect([...artifactsOf(place).keys()]).toEqual([]);
  expect(server.problems).toEqual([]);
});

it('refuses to rehearse in the very repository, before anything is read', async () => {
  const place = workspace(`${rehearseWorkflow}      repository: Blue-Team/detections\n`);
  const ran = await act(place, 'workflow_dispatch', { inputs });
  expect(ran.exit).toBe(1);
  expect(annotationsOf(ran).map(({ command, properties }) => [command, properties['title']])).toEqual([
    ['error', 'No rehearsal'],
  ]);
  expect(existsSync(join(place.folder, 'rehearsal'))).toBe(false);
  expect(outputsOf(ran, step)).toEqual({});
});

it('releases nothing, and keeps nothing, with a warning that nobody accepted', async () => {
  const place = workspace(rehearseWorkflow, (folder) => {
    const severity = '[[severity]]\ncheck = "definition-unused"\nseverity = "warning"\nreason = "none is to be left"\n';
    writeFileSync(join(folder, 'ml-detection-release.toml'), severity);
  });
  const bundle = 'examples/ML-experimental-detections-20261122-1';
  const ran = await act(place, 'workflow_dispatch', { inputs: { bundle } });
  expect(ran.exit).toBe(1);
  expect(outputsOf(ran, step)).toMatchObject({ outcome: 'failed', warnings: '1', 'release-url': '' });
  expect([...artifactsOf(place).keys()]).toEqual([]);
});
