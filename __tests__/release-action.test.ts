import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const workflow = readFileSync('.github/workflows/release-action.yml', 'utf8');
const [, block = ''] = /- name: Publish the exact tag[^\n]*\n {8}run: \|\n((?: {10}[^\n]*\n|\n)+)/.exec(workflow) ?? [];
const checked = 'c'.repeat(40);

/** Runs the publishing step against a `gh` that answers as told, and notes what it was asked to write. */
function publish(answers: { commit?: string; state?: string; listExit?: number; immutable?: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'publish-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const gh = `#!/bin/sh
case "$*" in
  *commits/tags/*) echo "${answers.commit ?? checked}" ;;
  *releases/tags/*) echo "${answers.immutable ?? 'true'}" ;;
  *--paginate*) printf '${answers.state ?? ''}'; exit ${answers.listExit ?? 0} ;;
  *) echo "$1 $2" >> "${join(folder, 'written')}" ;;
esac
`;
  writeFileSync(join(folder, 'gh'), gh);
  writeFileSync(join(folder, 'written'), '');
  chmodSync(join(folder, 'gh'), 0o755);
  const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, TAG: 'v1.4.2', CHECKED: checked, GH_REPO: 'o/r' };
  const { status, stdout } = spawnSync('bash', ['-e', '-c', block.replace(/^ {10}/gm, '')], { env, encoding: 'utf8' });
  const written = readFileSync(join(folder, 'written'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return { status, stdout, written };
}

it.each([
  ['none', '', ['release create', 'release edit']],
  ['a draft', 'true\\n', ['release edit']],
  ['the release', 'false\\n', []],
])('publishes what was checked where there is %s', (_, state, written) => {
  expect(publish({ state })).toMatchObject({ status: 0, written });
});

it.each([
  ['the tag was moved', { commit: 'd'.repeat(40) }, 'was moved'],
  ['the list cannot be read', { listExit: 1 }, ''],
  ['there are two drafts', { state: 'true\\ntrue\\n' }, 'Several releases'],
])('writes nothing where %s', (_, answers, words) => {
  const { status, stdout, written } = publish(answers);
  expect({ status, written }).toEqual({ status: 1, written: [] });
  expect(stdout).toContain(words);
});

it('fails where the release did not become immutable', () => {
  expect(publish({ immutable: 'false' })).toMatchObject({ status: 1, stdout: expect.stringContaining('changed') });
});
