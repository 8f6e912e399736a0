import { execFileSync } from 'node:child_process';
import { Failure } from '../errors.ts';
import type { Session } from '../session.ts';

/**
 * Of some bundles, those in which a file differs from where a branch left `base`, in commits or in the working
 * tree: what a pull request touches.
 * @throws Failure `usage` where git does not know the base
 */
export function changedBundles(session: Session, base: string, bundles: readonly string[]): string[] {
  if (base.startsWith('-')) throw new Failure('usage', `\`--changed ${base}\` is no commit or branch.`);
  const { cwd } = session.host;
  const start = git(cwd, ['merge-base', base, 'HEAD'], base).trim();
  // `--relative` names files from the working folder, as the bundles are named.
  const files = [
    ...git(cwd, ['diff', '--name-only', '--relative', '--no-renames', '-z', start, '--'], base).split('\0'),
    ...git(cwd, ['ls-files', '--others', '--exclude-standard', '-z'], base).split('\0'),
  ];
  return bundles.filter((bundle) => {
    const path = bundle.replace(/^\.\//, '').replace(/\/+$/, '');
    return files.some((file) => file === path || file.startsWith(`${path}/`));
  });
}

function git(cwd: string, words: readonly string[], base: string): string {
  try {
    return execFileSync('git', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  } catch (cause) {
    throw new Failure('usage', `git cannot say what changed since \`${base}\`.`, {
      help: 'Name a commit or branch that is there. In a workflow, check out with `fetch-depth: 0`.',
      cause,
    });
  }
}
