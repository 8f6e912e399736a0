import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Step, step } from './action.ts';
import { commitAll, git, repository } from './git.ts';
import { detections, dga, mldr, temporary, workFolder } from './mldr.ts';

const configuration = 'ml-detection-release.toml';

/** A checked-out repository whose base has a configuration; a branch off it is checked out. */
function fork(settings = 'version = 1\n'): { readonly folder: string; readonly base: string } {
  const folder = repository();
  writeFileSync(join(folder, configuration), settings);
  commitAll(folder);
  return { folder, base: git(folder, 'rev-parse', 'HEAD').trim() };
}

/** The action, started by a pull request. */
function pulled(folder: string, base: string, from = 'stranger/detections', inputs: Record<string, string> = {}): Step {
  const event = join(temporary(), 'event.json');
  const head = { repo: { full_name: from } };
  writeFileSync(event, JSON.stringify({ pull_request: { head, base: { sha: base } } }));
  const more = {
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: 'blue-team/detections',
  };
  return step(folder, { store: 'dir:releases', bundle: `examples/${dga}`, ...inputs }, more);
}

function findings({ report }: Step): unknown[] {
  return (report?.subjects ?? []).flatMap(({ diagnostics }) => diagnostics);
}

const written = { check: 'configuration-changed', severity: 'warning', message: expect.stringContaining('writes') };

describe('a pull request from a fork', () => {
  test.each([
    ['changes it', (path: string) => writeFileSync(path, 'version = 1\nfail-on = "error"\n'), 'writes'],
    ['removes it', (path: string) => rmSync(path), 'removes'],
  ])('that %s is warned of in report, summary and annotations', (_, change, word) => {
    const { folder, base } = fork();
    change(join(folder, configuration));
    commitAll(folder);
    const done = pulled(folder, base);
    expect(findings(done)).toMatchObject([{ ...written, message: expect.stringContaining(word) }]);
    expect(done.summary).toContain('configuration-changed');
    expect(done.stdout).toMatch(/^::warning .*title=configuration-changed::/m);
    expect(done.outputs).toMatchObject({ outcome: 'passed', warnings: '1' });
    expect(pulled(folder, base, 'stranger/detections', { 'fail-on': 'warning' })).toMatchObject({ code: 1 });
  });

  test('that leaves it alone has no such finding, and neither has the repository itself', () => {
    const { folder, base } = fork();
    writeFileSync(join(folder, 'examples', detections, 'README.md'), 'changed');
    commitAll(folder);
    expect(findings(pulled(folder, base))).toEqual([]);
    writeFileSync(join(folder, configuration), '# changed\nversion = 1\n');
    commitAll(folder);
    expect(findings(pulled(folder, base, 'blue-team/detections'))).toEqual([]);
    expect(mldr(folder, ['validate', `examples/${dga}`]).stdout).toContain('no findings');
  });

  test('is not blamed for what the base changed since', () => {
    const { folder, base } = fork();
    git(folder, 'checkout', '--quiet', '-b', 'ahead');
    writeFileSync(join(folder, configuration), '# on the base\nversion = 1\n');
    commitAll(folder);
    const ahead = git(folder, 'rev-parse', 'HEAD').trim();
    git(folder, 'checkout', '--quiet', 'branch');
    expect(base).not.toBe(ahead);
    expect(findings(pulled(folder, ahead))).toEqual([]);
  });

  test('is warned of by the file that a link leads to, and by another file of the input', () => {
    const { folder, base } = fork();
    mkdirSync(join(folder, 'team'));
    writeFileSync(join(folder, 'team', 'settings.toml'), 'version = 1\n');
    commitAll(folder);
    expect(findings(pulled(folder, base, undefined, { config: 'team/settings.toml' }))).toMatchObject([written]);
    rmSync(join(folder, configuration));
    symlinkSync(join('team', 'settings.toml'), join(folder, configuration));
    commitAll(folder);
    const linked = git(folder, 'rev-parse', 'HEAD').trim();
    expect(findings(pulled(folder, linked))).toEqual([]);
    writeFileSync(join(folder, 'team', 'settings.toml'), '# through the link\nversion = 1\n');
    commitAll(folder);
    expect(findings(pulled(folder, linked))).toMatchObject([written]);
  });

  test('cannot silence it', () => {
    const { folder, base } = fork();
    const rule = '[[severity]]\ncheck = "configuration-changed"\nseverity = "off"\nreason = "hush"\n';
    writeFileSync(join(folder, configuration), `version = 1\n${rule}`);
    commitAll(folder);
    const done = pulled(folder, base);
    expect(done.code).toBe(2);
    expect(done.stdout).toContain('cannot be made lighter');
  });

  test.each([
    ['the base is not checked out', () => fork().folder, '0'.repeat(40)],
    ['there is no repository', () => workFolder(dga), '0'.repeat(40)],
    ['the event names no base', () => fork().folder, ''],
  ])('is told in a note that nobody knows where %s', (_, make, base) => {
    const done = pulled(make(), base);
    expect(findings(done)).toMatchObject([{ check: 'configuration-changed', severity: 'note' }]);
    expect(done).toMatchObject({ code: 0 });
  });
});
