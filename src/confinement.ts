import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { safe } from './domain/safe.ts';
import { Failure } from './errors.ts';
import type { Host } from './host.ts';

/**
 * In the action everything that a commit holds may be a stranger's, and what is quoted of a file is public: what is read
 * has to lie in the workspace, wherever links lead. What is not there is for its reader to say.
 * @param path as it was named, from the working folder
 * @throws Failure `path-refused`, which tells nothing of what is there
 */
export function requireInside({ cwd, workspace }: Pick<Host, 'cwd' | 'workspace'>, path: string): void {
  if (workspace === undefined) return;
  const real = realOf(resolve(cwd, path));
  if (real === undefined || isBelow(real, realOf(workspace) ?? workspace)) return;
  throw new Failure('path-refused', `\`${safe(path, 1000)}\` lies outside the workspace, or is a link that leads out.`);
}

/**
 * The same of the configuration file; one that nobody named may be no link out of its folder anywhere.
 * @param named whether the user gave its path
 * @throws Failure `path-refused`
 */
export function requireOwnFile(host: Pick<Host, 'cwd' | 'workspace'>, path: string, named: boolean): void {
  requireInside(host, path);
  const location = resolve(host.cwd, path);
  const [real, folder] = [realOf(location), realOf(dirname(location))];
  if (named || real === undefined || folder === undefined || isBelow(real, folder)) return;
  throw new Failure('path-refused', `\`${safe(path, 1000)}\` is a link that leads out of its folder.`, {
    help: 'Put the file itself there; on a machine of your own --config names any file.',
  });
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
