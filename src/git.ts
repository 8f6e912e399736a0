import { execFileSync } from 'node:child_process';
import { Failure } from './errors.ts';

/**
 * Asks git what changed since a commit or branch.
 * @param cwd working folder of git
 * @param words command and arguments
 * @param base named in the message, whatever goes wrong
 * @throws Failure `usage` where there is no git, no repository, or no such base in it
 */
export function git(cwd: string, words: readonly string[], base: string): string {
  try {
    return execFileSync('git', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  } catch (cause) {
    throw new Failure('usage', `git cannot say what changed since \`${base}\`.`, {
      help: 'Name a commit or branch that is there. In a workflow, check out with `fetch-depth: 0`.',
      cause,
    });
  }
}

/** The commit where the checked-out branch left `base`. @throws Failure `usage` */
export function branchPoint(cwd: string, base: string): string {
  return git(cwd, ['merge-base', base, 'HEAD'], base).trim();
}
