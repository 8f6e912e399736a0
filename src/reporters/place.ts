import type { Diagnostic } from '../domain/diagnostic.ts';
import type { SubjectReport } from '../domain/report.ts';
import { safe } from '../domain/safe.ts';

/** Where a diagnostic points, as something that can be opened. */
export interface Place {
  /** A file or folder of the disk, as the user named the subject. */
  readonly path: string;
  /** The entry, where `path` is an archive: line and column are inside it. */
  readonly inner?: string;
}

/** The file of the disk that holds a diagnostic's datum, and the entry inside it where it is an archive. */
export function placeOf(subject: SubjectReport, diagnostic: Pick<Diagnostic, 'file'>): Place {
  const { file } = diagnostic;
  const { path, source = 'folder' } = subject;
  if (file === undefined) return { path };
  if (subject.beside?.includes(file) === true) return { path: file };
  if (source === 'folder') return { path: join(path, file) };
  const base = path.replace(/^.*[/\\]/, '');
  return file === base ? { path } : { path, inner: file };
}

function join(folder: string, file: string): string {
  const trimmed = folder.replace(/[/\\]+$/, '');
  if (trimmed === '') return folder === '' ? file : `/${file}`;
  return trimmed === '.' ? file : `${trimmed}/${file}`;
}

/** `path:line:column` as terminals and editors open it; printable. */
export function placeText(subject: SubjectReport, diagnostic: Diagnostic): string {
  const { path, inner } = placeOf(subject, diagnostic);
  return safe(inner === undefined ? path : join(path, inner), 1000) + positionText(diagnostic);
}

/** `:line:column`, as far as they are known. */
export function positionText({ line, column }: Pick<Diagnostic, 'line' | 'column'>): string {
  if (line === undefined) return '';
  return column === undefined ? `:${line}` : `:${line}:${column}`;
}

/**
 * A path relative to the repository, with `/` between its parts, none of them empty, `.` or `..`.
 * @param workspace absolute path of the repository, which an absolute path is told against
 * @returns undefined where the path leads out of the repository, or is the repository itself
 */
export function workspacePath(path: string, workspace?: string): string | undefined {
  const slashed = path.replaceAll('\\', '/');
  const root = workspace?.replaceAll('\\', '/').replace(/\/*$/, '/');
  const inside = root !== undefined && slashed.startsWith(root) ? slashed.slice(root.length) : slashed;
  if (inside.startsWith('/') || /^[A-Za-z]:/.test(inside)) return undefined;
  const parts = inside.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') ? undefined : parts.join('/');
}

/** A path as a relative URI reference: every character outside the unreserved set of RFC 3986 is percent-encoded. */
export function encodePath(path: string): string {
  return path
    .split('/')
    .map((part) =>
      // A lone surrogate has no UTF-8; it becomes the replacement character instead of a URIError.
      encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');
}
