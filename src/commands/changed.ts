import { configurationFile } from '../configuration/configuration.ts';
import { Failure } from '../errors.ts';
import { branchPoint, git } from '../git.ts';
import type { Session } from '../session.ts';

/**
 * Of some bundles, those in which a file differs from where a branch left `base`, in commits or in the working
 * tree: what a pull request touches. A changed configuration touches them all, since it may judge them otherwise.
 * @throws Failure `usage` where git does not know the base
 */
export function changedBundles(session: Session, base: string, bundles: readonly string[]): readonly string[] {
  if (base.startsWith('-')) throw new Failure('usage', `\`--changed ${base}\` is no commit or branch.`);
  const { cwd } = session.host;
  const start = branchPoint(cwd, base);
  // `--relative` names files from the working folder, as the bundles are named.
  const files = [
    ...git(cwd, ['diff', '--name-only', '--relative', '--no-renames', '-z', start, '--'], base).split('\0'),
    ...git(cwd, ['ls-files', '--others', '--exclude-standard', '-z'], base).split('\0'),
  ];
  if (files.includes(plain(session.inputs.config ?? configurationFile))) return bundles;
  return bundles.filter((bundle) => {
    const path = plain(bundle);
    return files.some((file) => file === path || file.startsWith(`${path}/`));
  });
}

function plain(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/+$/, '');
}
