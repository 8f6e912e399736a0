import { existsSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { configurationFile } from './configuration/configuration.ts';
import type { ForkSettings } from './domain/fork-settings.ts';
import { Failure } from './errors.ts';
import { branchPoint, git } from './git.ts';
import type { Host } from './host.ts';

/**
 * What a fork's pull request did to the configuration file, by what git knows of the checked-out commits: nobody who
 * may write to the repository has read it yet.
 * @param cwd working folder of the run
 * @param config the file, where it is not the usual one
 */
export function forkSettings({ base }: NonNullable<Host['fork']>, cwd: string, config?: string): ForkSettings {
  const file = config ?? configurationFile;
  if (base === undefined) return { file, change: { unknown: 'the event of the run does not name the base commit.' } };
  const location = resolve(cwd, file);
  const there = existsSync(location);
  try {
    const folder = there ? dirname(location) : cwd;
    // A link that stays as it is may lead to a file that does not.
    const paths = new Set(there ? [location, realpathSync(location)] : [location]);
    const start = branchPoint(folder, base);
    const differing = git(folder, ['--literal-pathspecs', 'diff', '--name-only', start, '--', ...paths], base);
    return { file, change: differing === '' ? 'none' : there ? 'written' : 'removed' };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { file, change: { unknown: error.message } };
  }
}
