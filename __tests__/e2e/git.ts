import { execFileSync } from 'node:child_process';
import { detections, dga, environment, workFolder } from './mldr.ts';

/** git as it is anywhere, whatever this machine's configuration says. */
export function git(cwd: string, ...words: string[]): string {
  const env = environment({
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.invalid',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.invalid',
  });
  return execFileSync('git', words, { cwd, env, encoding: 'utf8' });
}

/** A repository with both examples on `main`, and a branch off it. */
export function repository(): string {
  const folder = workFolder(dga, detections);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commitAll(folder);
  git(folder, 'checkout', '--quiet', '-b', 'branch');
  return folder;
}

/** Commits the folder as it is. */
export function commitAll(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '-m', 'a commit');
}
