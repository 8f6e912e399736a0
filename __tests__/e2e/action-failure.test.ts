import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type GitHubServer, startGitHub } from '../github-server/server.ts';
import { emptyRepository } from '../github-server/state.ts';
import { commandIn } from '../reporters/runner.ts';
import { plantedToken } from '../stores/github/place.ts';
import { step } from './action.ts';
import { job } from './job.ts';
import { dga, mldr, workFolder } from './mldr.ts';
import { commandsIn, impureLines } from './pure.ts';

const reader = plantedToken();
const store = 'github:blue-team/detections';
const yaml = 'permissions:\n  contents: write\n';

async function serverOf(): Promise<GitHubServer> {
  const server = await startGitHub(emptyRepository(), { tokens: { [reader]: 'read' } });
  onTestFinished(() => server.close());
  return server;
}

/** The annotations of a log, as the runner reads them. */
function annotationsOf(stdout: string) {
  return commandsIn(stdout)
    .map(commandIn)
    .filter((each) => each?.name !== 'add-mask');
}

/** The JSON report among all that a step gave away. */
function reportIn(given: string) {
  const start = given.indexOf('{\n  "version": 1');
  return JSON.parse(given.slice(start, given.indexOf('\n}\n', start) + 2));
}

describe('a failure of the action', () => {
  it('is one annotation with the permissions as they are to be pasted, and a summary and report say it', async () => {
    const { apiUrl, repository } = await serverOf();
    const inputs = { command: 'release', store, bundle: `examples/${dga}`, token: reader };
    const { code, stdout, given } = await job(workFolder(dga), inputs, { GITHUB_API_URL: apiUrl }).run('index');
    expect(code).toBe(2);
    expect(repository.releases).toEqual([]);
    const annotations = annotationsOf(stdout);
    expect(annotations).toHaveLength(1);
    expect(annotations[0]).toMatchObject({ name: 'error', properties: { title: 'github-forbidden' } });
    expect(annotations[0]?.data).toContain(`\n    permissions:\n      contents: write\n`);
    expect(given).toContain('## mldr release could not be done: The token may not do this.\n');
    expect(given).toContain(`\`\`\`yaml\n${yaml}\`\`\`\n`);
    expect(given).toContain('docs/errors.md) · exit code 2');
    expect(reportIn(given)).toMatchObject({
      command: 'release',
      outcome: 'failed',
      subjects: [],
      counts: { error: 0, warning: 0, note: 0 },
      failure: { code: 'github-forbidden', exit: 2 },
    });
    expect(given).not.toContain(reader);
  });

  it.each([
    ['path-not-found', { command: 'validate', bundle: 'none' }],
    ['usage', { command: 'relaese' }],
    ['store-unsupported', { command: 'list', store: 'ftp:releases' }],
  ])('%s sets every output, and leaves a report and a summary', (code, inputs) => {
    const failed = step(workFolder(dga), inputs);
    expect(failed.code).toBe(2);
    expect(failed.outputs).toMatchObject({ outcome: 'failed', errors: '0', warnings: '0', notes: '0' });
    expect(failed.outputs['report-path']).toMatch(/\.json$/);
    expect(failed.report).toMatchObject({ command: inputs.command, failure: { code } });
    expect(failed.summary).toContain(`<code>${code}</code>`);
    expect(failed.summary).toContain('### What to do');
  });

  it('shows a hostile datum as what it is', () => {
    const bundle = '::error::x|<script>@everyone![x](http://x.invalid)`## [a]';
    const failed = step(workFolder(dga), { bundle });
    expect(failed.report).toMatchObject({ failure: { code: 'path-not-found' } });
    expect(failed.summary).not.toMatch(/<script|!\[x\]\(|@everyone/);
    expect(impureLines(failed.summary)).toEqual([]);
    expect(annotationsOf(failed.stdout)).toHaveLength(1);
  });

  it('keeps a secret out of the files that the runner does not mask', () => {
    const [folder, token] = [workFolder(dga), plantedToken()];
    const failed = step(folder, { bundle: `${token}/none`, token });
    expect(failed.report).toMatchObject({ failure: { code: 'path-not-found' } });
    expect(failed.summary + readFileSync(failed.outputs['report-path'] ?? '', 'utf8')).not.toContain(token);
  });

  it('behind a release still tells of the release', () => {
    const folder = workFolder(dga);
    const summary = join(folder, 'summary-is-a-folder');
    mkdirSync(summary);
    const failed = step(
      folder,
      { command: 'release', bundle: `examples/${dga}` },
      {
        GITHUB_STEP_SUMMARY: summary,
      },
    );
    expect(failed.code).toBeGreaterThan(1);
    expect(failed.outputs).toMatchObject({ outcome: 'failed', 'release-name': dga });
    expect(failed.report?.subjects).toHaveLength(1);
    expect(existsSync(join(folder, 'releases', dga))).toBe(true);
  });
});

describe('a history that was not seen', () => {
  it.each([
    ['error', 0],
    ['warning', 0],
  ])('for a rejected token is said in headline and annotation; --fail-on %s exits with %i', async (failOn, exit) => {
    const { apiUrl } = await serverOf();
    const wrong = plantedToken();
    const inputs = { command: 'validate', store, bundle: `examples/${dga}`, token: wrong, 'fail-on': failOn };
    const { code, stdout, given } = await job(workFolder(dga), inputs, { GITHUB_API_URL: apiUrl }).run('index');
    expect(code).toBe(exit);
    expect(given).toMatch(/^## .*whether it can be released is not known; its history was not seen\.$/m);
    expect(stdout).toMatch(/history not seen · \d+ checks/);
    expect(stdout).toContain('GitHub rejects the token');
    const [annotation, ...more] = annotationsOf(stdout);
    expect(more).toEqual([]);
    expect(annotation).toMatchObject({ name: 'warning', properties: { title: 'github-unauthorised' } });
    expect(annotation?.data).toContain('input `token`');
    expect(reportIn(given).subjects).toMatchObject([{ unseen: { code: 'github-unauthorised' } }]);
    expect(given).not.toContain(wrong);
  });

  it('is no word about a token where none was given', () => {
    const folder = workFolder(dga);
    const done = mldr(folder, ['validate', `examples/${dga}`, '--store', 'ftp:nowhere']);
    expect(done.code).toBe(0);
    expect(done.stdout).toContain('history not seen');
    expect(done.stdout).not.toContain('rejects the token');
  });
});

it('the command for a laptop names the store that the runner brought along', async () => {
  const { apiUrl } = await serverOf();
  const folder = workFolder(dga);
  const env = { GITHUB_API_URL: apiUrl };
  const { given } = await job(folder, { bundle: `examples/${dga}`, token: reader }, env).run('index');
  expect(given).toContain(`\nmldr validate examples/${dga} --store ${store}\n`);
  writeFileSync(join(folder, 'ml-detection-release.toml'), 'store = "dir:releases"\n');
  const own = await job(folder, { bundle: `examples/${dga}`, token: reader }, env).run('index');
  expect(own.given).toContain(`\nmldr validate examples/${dga}\n`);
});
