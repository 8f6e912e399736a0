import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Paths of the sources below a folder of the repository, without what is generated. */
export function sources(folder: string, ending = '.ts'): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith(ending) && !path.includes('/generated/') && !path.includes('/fixtures/'))
    .sort();
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Lines of a file, as `wc -l` counts them. */
export function linesOf(path: string): number {
  return textOf(path).split('\n').length - 1;
}

/** What git has, or would add: never what it ignores. */
export function repositoryFiles(): string[] {
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const paths = execFileSync('git', listing, { cwd: root, encoding: 'utf8' }).split('\0');
  const gone = execFileSync('git', ['ls-files', '-z', '--deleted'], { cwd: root, encoding: 'utf8' }).split('\0');
  return paths.filter((path) => path !== '' && !gone.includes(path));
}

/**
 * What a source imports: the specifiers as they are written, types and late imports included.
 * Dynamic ones count too, since an arrow is an arrow whenever it is followed.
 */
export function importsOf(text: string): string[] {
  const statement = /^(?:import|export)\b[^'";]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;
  return [...text.matchAll(statement)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** A specifier as a path from the root, or as it is where it names a package or a module of Node. */
export function resolved(path: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
}
