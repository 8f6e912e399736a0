import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
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
