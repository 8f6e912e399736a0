import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { requireInside } from '../confinement.ts';
import { compareText } from '../domain/diagnostic.ts';
import { safe } from '../domain/safe.ts';
import { parseReleaseName } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import { isFolder } from '../is-folder.ts';
import { matchPattern } from '../kinds/pattern.ts';
import type { Session } from '../session.ts';

/** How deep below the working folder bundles are looked for. */
const depth = 4;
const passedOver = new Set(['node_modules', 'releases', 'dist']);

/**
 * The bundles that the inputs name (globs are opened), or those below the working folder. A bundle that somebody named
 * may be a link, one that was found may not: nobody meant what it leads to.
 * @throws Failure `path-not-found`, `path-refused`
 */
export function findBundles(session: Session): string[] {
  const { cwd } = session.host;
  const named = (session.inputs.bundle ?? []).flatMap((path) => (path.includes('*') ? glob(cwd, path) : [path]));
  for (const path of named) requireInside(session.host, path);
  if (session.inputs.bundle !== undefined) return named;
  const wanted = session.inputs.release;
  const found = below(session, '', depth).filter((path) => wanted === undefined || nameOf(path) === wanted);
  for (const path of found) {
    if (isLink(join(cwd, path))) throw new Failure('path-refused', `The bundle ${safe(path, 1000)} is a link.`);
  }
  if (found.length > 0) return found;
  const what = wanted === undefined ? 'no bundle' : `no bundle named ${wanted}`;
  throw new Failure('path-not-found', `There is ${what} below ${cwd}.`, {
    help: 'Name one: a folder or zip called <family>-YYYYMMDD-N, such as ML-DGA-20261122-1. Links to other folders are not followed.',
  });
}

/** The one bundle of a command that takes one. @throws Failure `usage`, `path-not-found` */
export function findBundle(session: Session): string {
  const [first, ...more] = findBundles(session);
  if (first !== undefined && more.length === 0) return first;
  const count = first === undefined ? 'none' : `${more.length + 1}`;
  throw new Failure('usage', `\`${session.inputs.command}\` takes one bundle, and ${count} fit.`, {
    help: first === undefined ? 'Name one.' : `Name one of them: ${[first, ...more].join(', ')}.`,
  });
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.zip$/i, '');
}

function isBundleName(session: Session, name: string): boolean {
  const parsed = parseReleaseName(name);
  const family = typeof parsed === 'object' ? parsed.family : name.replace(/-\d.*$/s, '');
  return session.kinds.some((kind) => kind.family === family);
}

function below(session: Session, folder: string, levels: number): string[] {
  return list(join(session.host.cwd, folder)).flatMap((name) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    const location = join(session.host.cwd, path);
    const directory = isFolder(location);
    if (isBundleName(session, name.replace(/\.zip$/i, '')) && (directory || /\.zip$/i.test(name))) return [path];
    const descend = directory && levels > 0 && !name.startsWith('.') && !passedOver.has(name) && !isLink(location);
    return descend ? below(session, path, levels - 1) : [];
  });
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function glob(cwd: string, pattern: string): string[] {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  let paths = [pattern.startsWith('/') ? '/' : ''];
  for (const part of parts) {
    paths = paths.flatMap((path) => {
      if (!part.includes('*')) return [join(path, part)];
      return list(join(path.startsWith('/') ? '' : cwd, path))
        .filter((name) => matchPattern(part, name) !== undefined)
        .map((name) => join(path, name));
    });
  }
  if (paths.length === 0) throw new Failure('path-not-found', `Nothing fits \`${pattern}\`.`);
  return paths;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort(compareText);
  } catch {
    return [];
  }
}
