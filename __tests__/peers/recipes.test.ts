import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { peer, root, run } from './peer.ts';

const pages = 'docs/recipes';
const folder = '.github/workflows';

/** The whole workflows of the recipes, in a repository of their own; our action is pinned as a reader is told to. */
function recipes(): { readonly repository: string; readonly files: readonly string[] } {
  const repository = mkdtempSync(join(tmpdir(), 'recipes-'));
  onTestFinished(() => rmSync(repository, { recursive: true }));
  mkdirSync(join(repository, folder), { recursive: true });
  mkdirSync(join(repository, '.git'));
  const files = readdirSync(join(root, pages)).flatMap((page) => {
    const text = readFileSync(join(root, pages, page), 'utf8');
    const blocks = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = '']) => block);
    const whole = blocks.filter((block) => /^jobs:$/m.test(block));
    return whole.map((block, index) => {
      const file = `${folder}/${page.replace('.md', '')}-${index}.yml`;
      const pinned = block.replace(/(uses: ml-detection-release\/\S+)@v\d\S* #.*/g, `$1@${'1'.repeat(40)} # v1.0.0`);
      writeFileSync(join(repository, file), pinned);
      return file;
    });
  });
  return { repository, files };
}

it('every workflow of a recipe is no finding of actionlint and zizmor, and grants nothing on top', () => {
  const { repository, files } = recipes();
  for (const name of ['approve', 'deploy', 'release', 'validate', 'watch']) {
    expect(
      files.some((file) => file.includes(`/${name}-`)),
      name,
    ).toBe(true);
  }
  for (const file of files) expect(readFileSync(join(repository, file), 'utf8'), file).toMatch(/^permissions: \{\}$/m);
  const lint = run(peer('actionlint'), files, repository);
  expect({ status: lint.status, stdout: lint.stdout }, lint.stderr).toEqual({ status: 0, stdout: '' });
  const audit = run(peer('zizmor'), ['--offline', '--no-progress', '--persona', 'auditor', '.'], repository);
  expect({ status: audit.status, stdout: audit.stdout }, audit.stderr).toEqual({
    status: 0,
    stdout: expect.stringContaining('No findings to report'),
  });
});
