import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every file and folder below a folder, itself included: kind, mode, inode, time of change and content. */
export function snapshot(folder: string): Record<string, string> {
  return Object.fromEntries(walk(folder, '.').map((path) => [path, describe(join(folder, path))]));
}

/** The same by content alone: what stays equal when a tree is made again. */
export function contents(folder: string): Record<string, string> {
  const files = walk(folder, '.').filter((path) => lstatSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, digest(join(folder, path))]));
}

/** Paths of the files below a folder, sorted. */
export function filesOf(folder: string): string[] {
  return Object.keys(contents(folder));
}

function walk(root: string, path: string): string[] {
  const stat = lstatSync(join(root, path));
  if (!stat.isDirectory()) return [path];
  const below = readdirSync(join(root, path)).sort();
  return [path, ...below.flatMap((name) => walk(root, path === '.' ? name : `${path}/${name}`))];
}

function describe(path: string): string {
  const stat = lstatSync(path, { bigint: true });
  const content = stat.isSymbolicLink() ? readlinkSync(path) : stat.isFile() ? digest(path) : '';
  return [stat.mode.toString(8), stat.ino, stat.mtimeNs, content].join(' ');
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
