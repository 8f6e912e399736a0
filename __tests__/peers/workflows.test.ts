import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rehearseWorkflow, releaseWorkflow, validateWorkflow } from '../../src/commands/init/templates.ts';
import { builtInKinds } from '../../src/kinds/kinds.ts';
import { peer, root, run } from './peer.ts';

const folder = '.github/workflows';
const workflows = readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
// actionlint 1.7.12 does not know `$/`, a reference to the workflow's own repository, and reports it in two ways.
const unknownToActionlint = ['-ignore', 'specifying action "\\$/', '-ignore', '"\\$/'];
const auditor = ['--offline', '--no-progress', '--persona', 'auditor'];

/** A workflow with what either linter must see: a title pasted into a script, and an action by its tag. */
const careless = `on: issues
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
      - run: echo "\${{ github.event.issue.title }}"
`;

function carelessRepository(): string {
  const repository = mkdtempSync(join(tmpdir(), 'careless-'));
  onTestFinished(() => rmSync(repository, { recursive: true }));
  mkdirSync(join(repository, folder), { recursive: true });
  writeFileSync(join(repository, folder, 'careless.yml'), careless);
  return repository;
}

it('actionlint finds nothing in our workflows', () => {
  expect(workflows.length).toBeGreaterThan(0);
  const { status, stdout, stderr } = run(peer('actionlint'), [...unknownToActionlint, ...workflows]);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});

it('actionlint, as we call it, sees a defect', () => {
  const { status, stdout } = run(peer('actionlint'), [
    ...unknownToActionlint,
    join(carelessRepository(), folder, 'careless.yml'),
  ]);
  expect(status).toBe(1);
  expect(stdout).toContain('potentially untrusted');
});

it('zizmor finds nothing in the repository, as its most suspicious persona', () => {
  const { status, stdout, stderr } = run(peer('zizmor'), [...auditor, '.']);
  expect({ status, stdout }, stderr).toEqual({ status: 0, stdout: expect.stringContaining('No findings to report') });
  for (const workflow of workflows) expect(stderr).toContain(workflow);
});

it('zizmor, as we call it, sees defects', () => {
  const { status, stdout } = run(peer('zizmor'), [...auditor, carelessRepository()]);
  expect(status).not.toBe(0);
  expect(stdout).toContain('template-injection');
  expect(stdout).toContain('unpinned-uses');
});

/** What the jobs of a workflow ask for: `contents: write`. */
function permissionsIn(text: string): Set<string> {
  return new Set([...text.matchAll(/^ {6}([a-z-]+: (?:read|write)) # /gm)].map(([, permission = '']) => permission));
}

// act grants everything; GitHub stops a run before its first job where a caller grants less than the workflow asks for.
describe.each(Object.entries({ validate: validateWorkflow, release: releaseWorkflow, rehearse: rehearseWorkflow }))(
  'the caller of %s',
  (name, caller) => {
    const workflow = readFileSync(join(root, folder, `${name}.yml`), 'utf8');

    it('has ten lines at most', () => {
      expect(caller.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
    });

    it('grants what the workflow asks for, and nothing else', () => {
      const asked = permissionsIn(workflow);
      if (asked.has('contents: write')) asked.delete('contents: read');
      expect(asked.size).toBeGreaterThan(0);
      expect(permissionsIn(caller)).toEqual(asked);
    });

    it('is no finding of actionlint, which knows inputs that are missing or unknown', () => {
      const repository = carelessRepository();
      const [file, called] = [`${name}-caller.yml`, `${name}.yml`].map((each) => join(repository, folder, each));
      // Of this repository, since actionlint does not look into another one's workflows.
      writeFileSync(file ?? '', caller.replace(/uses: \S+\/(\.github\S+)@\S+/, 'uses: ./$1'));
      writeFileSync(called ?? '', workflow);
      mkdirSync(join(repository, '.git'));
      const { status, stdout } = run(peer('actionlint'), [...unknownToActionlint, file ?? ''], repository);
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    });
  },
);

/** The filter of tags that a workflow has, as an expression: `*` is anything but a slash, `+` one or more. */
function tagFilter(text: string): RegExp {
  const [, filter = ''] = /tags:\s*(?:\[|- )?['"]([^'"]+)['"]/.exec(text) ?? [];
  return new RegExp(`^${filter.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
}

// act starts a workflow by any push, whatever its filters say; GitHub holds to them, and here is what they let pass.
describe('the filters of tags', () => {
  const releases = [...builtInKinds.map(({ family }) => family), 'ML-ProcessBehaviour'].map(
    (family) => `${family}-20261122-2`,
  );
  const versions = ['v0.1.0', 'v1.4.2', 'v10.20.30'];
  const neither = ['v1', 'v1.2', 'v1.4.2-rc1', 'main', 'ml-DGA-20261122-2', 'old/ML-DGA-20261122-2'];

  it('start a release of detections by the names of releases, and by nothing of the action itself', () => {
    const filter = tagFilter(releaseWorkflow);
    expect([...releases, ...versions, ...neither].filter((tag) => filter.test(tag))).toEqual(releases);
  });

  it('start a release of the action by exact versions alone', () => {
    const filter = tagFilter(readFileSync(join(root, folder, 'release-action.yml'), 'utf8'));
    expect([...releases, ...versions, ...neither].filter((tag) => filter.test(tag))).toEqual(versions);
  });
});

// act runs a workflow whatever inputs its caller forgets or makes up; actionlint, which our tests ask instead, sees both.
it('actionlint, as we call it, sees an input that is missing, and one that is unknown', () => {
  const repository = carelessRepository();
  mkdirSync(join(repository, '.git'));
  const file = join(repository, folder, 'caller.yml');
  writeFileSync(join(repository, folder, 'rehearse.yml'), readFileSync(join(root, folder, 'rehearse.yml')));
  const local = rehearseWorkflow.replace(/uses: \S+\/(\.github\S+)@\S+/, 'uses: ./$1');
  writeFileSync(file, local.replace(/bundle: .*inputs\.bundle.*/, 'bundel: x'));
  const { status, stdout } = run(peer('actionlint'), [...unknownToActionlint, file], repository);
  expect(status).toBe(1);
  expect(stdout).toContain('input "bundle" is required');
  expect(stdout).toContain('input "bundel" is not defined');
});

describe.each(workflows)('%s', (path) => {
  const text = readFileSync(join(root, path), 'utf8');

  it('gives no permission but to a job, starts for no stranger with our rights, and caches nothing', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(text).not.toMatch(/pull_request_target|workflow_run|actions\/cache|^ +cache:/m);
  });

  it('ends every job of its own in time', () => {
    const [, jobs = ''] = text.split(/^jobs:\n/m);
    const each = jobs.split(/^(?= {2}[a-z-]+:\n)/m).filter((job) => job.includes('runs-on:'));
    expect(each.filter((job) => !/^ {4}timeout-minutes: \d+$/m.test(job))).toEqual([]);
  });
});
