import { isAscii, isUtf8 } from 'node:buffer';
import type { Finding } from '../domain/diagnostic.ts';
import type { Limits } from '../domain/limits.ts';
import type { ArchiveCheckId } from './archive.ts';

/** A finding about a name. */
export type NameFinding = Finding & { readonly check: ArchiveCheckId };

/** A name of an archive's or a folder's entry, and what is wrong with it. */
export interface CheckedName {
  /** The name without a trailing `/`. */
  readonly path: string;
  /** Whether the name says so, by a trailing `/`. */
  readonly directory: boolean;
  /** The gravest defect: absolute before climbing before unsafe. */
  readonly finding?: NameFinding;
}

/** All but letters, digits and marks of any script, and punctuation that neither Windows nor a workflow command reads. */
const disallowed = /[^\p{L}\p{N}\p{M} ._()+,=@#~[\]{}'!&:-]|\p{Default_Ignorable_Code_Point}/u;
/** What nearly every part is, so that the tables of Unicode are looked at only where they are needed. */
const ordinary = /^\w[\w.-]{0,100}(?<!\.)$/;
/** A leading `-` is taken for an option, `~` for a home, and a mark joins the `/` before it. */
const badStart = /^[-~ \p{M}]/u;
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file: reserved with any ending. */
const reserved = /^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$)$/i;

const renameHelp =
  "Rename the file: letters, digits, blanks and . _ - ( ) [ ] { } + , = @ # ~ ' ! & are taken, a name begins with a letter, a digit, `.` or `_`.";

/**
 * Checks a name against the rules for entries (security.md A1, A2, A5, A6), the same for zip, tar and folder.
 * It judges; it never cleans: a name that would have to be changed is refused.
 */
export function checkEntryName(name: string, limits: Limits): CheckedName {
  const directory = name.endsWith('/');
  const path = directory ? name.slice(0, -1) : name;
  const finding = absolute(name) ?? climbing(name) ?? unsafe(path, limits);
  return finding === undefined ? { path, directory } : { path, directory, finding };
}

/**
 * Decodes the bytes of a name as every reader of archives would, or not at all.
 * @param utf8 whether the archive says that the bytes are UTF-8; if not, they may only be ASCII, since readers
 *   disagree on what anything else means (code page 437, the machine's own, UTF-8)
 */
export function decodeEntryName(bytes: Buffer, utf8: boolean): string | NameFinding {
  if (isAscii(bytes)) return bytes.toString('latin1');
  const shown = quoteName(bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1'));
  if (!utf8) {
    return {
      check: 'archive-unsafe-name',
      message: `${shown} is not ASCII, and the archive does not say that its bytes are UTF-8: readers disagree on the name.`,
      help: 'Name the file in ASCII, or make the archive with `mldr pack` or Python’s zipfile, which mark such names as UTF-8 (`zip` on Linux and Finder on macOS do not).',
    };
  }
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return { check: 'archive-unsafe-name', message: `${shown} is marked as UTF-8, and its bytes are not.` };
}

/** Two names with one key are one file on some disk: case, composed letters and compatibility forms do not count. */
export function collisionKey(path: string): string {
  return path.normalize('NFKC').toLowerCase();
}

/** A name for a message: quoted, and short whatever an archive holds. Raw: `safe()` makes it printable. */
export function quoteName(name: string): string {
  return name.length <= 100 ? `"${name}"` : `"${name.slice(0, 60)}…${name.slice(-30)}"`;
}

function absolute(name: string): NameFinding | undefined {
  if (!/^(?:[/\\]|[A-Za-z]:)/.test(name)) return undefined;
  return {
    check: 'archive-absolute-path',
    message: `${quoteName(name)} is an absolute path: it does not stay below the folder it is unpacked into.`,
  };
}

function climbing(name: string): NameFinding | undefined {
  // Windows drops trailing dots and blanks, so `.. ` climbs there too.
  if (!name.includes('..') || !name.split(/[/\\]/).some((part) => /^\.\.[. ]*$/.test(part))) return undefined;
  return {
    check: 'archive-path-traversal',
    message: `${quoteName(name)} climbs with ".." out of the folder it is unpacked into.`,
  };
}

function unsafe(path: string, limits: Limits): NameFinding | undefined {
  const reason = unsafeReason(path, limits);
  if (reason === undefined) return undefined;
  return { check: 'archive-unsafe-name', message: `${quoteName(path)} ${reason}.`, help: renameHelp };
}

function unsafeReason(path: string, limits: Limits): string | undefined {
  const bytes = Buffer.byteLength(path);
  if (bytes > limits.pathBytes) return `has ${bytes} bytes; the limit for a path is ${limits.pathBytes}`;
  const parts = path.split('/');
  if (parts.length > limits.pathDepth) return `is ${parts.length} levels deep; the limit is ${limits.pathDepth}`;
  if (path.includes('\\')) return 'holds a "\\": parts of a path are joined by "/"';
  if (path.normalize('NFC') !== path) return 'is not in Unicode form NFC (macOS decomposes accents)';
  for (const part of parts) {
    const reason = partReason(part, limits);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function partReason(part: string, limits: Limits): string | undefined {
  if (ordinary.test(part) && !reserved.test(part.split('.', 1)[0] ?? '')) return undefined;
  if (part === '') return 'has an empty part';
  if (part === '.') return 'has a part "."';
  const bytes = Buffer.byteLength(part);
  if (bytes > limits.partBytes) return `has a part of ${bytes} bytes; the limit is ${limits.partBytes}`;
  const character = disallowed.exec(part)?.[0];
  if (character !== undefined) return `holds ${codePoint(character)}`;
  if (part.includes(':')) return 'holds a ":", which on Windows names a hidden stream of a file';
  if (/[. ]$/.test(part)) return 'has a part that ends in a dot or a blank, which Windows drops';
  if (badStart.test(part)) return `has a part that begins with ${codePoint(part)}`;
  const stem = part.split('.', 1)[0] ?? '';
  if (reserved.test(stem.trimEnd())) return `is reserved on Windows (${stem})`;
  return undefined;
}

function codePoint(text: string): string {
  const code = text.codePointAt(0) ?? 0;
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return code > 0x20 && code < 0x7f ? `"${String.fromCharCode(code)}"` : hex;
}
