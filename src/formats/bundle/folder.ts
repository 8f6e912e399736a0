import { createHash } from 'node:crypto';
import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareText, type Finding } from '../../domain/diagnostic.ts';
import type { Limits } from '../../domain/limits.ts';
import { Failure } from '../../errors.ts';
import { archiveFormat, magicLength } from '../archive-magic.ts';
import { checkEntryName } from '../entry-name.ts';
import { EntryNames } from '../entry-names.ts';
import { openFileSource } from '../file-source.ts';
import { chunksOf, watched } from '../source.ts';
import type { OnRead, RawBundle, RawFile, Wanted } from './raw-file.ts';

interface Found {
  readonly path: string;
  readonly entry: Dirent;
}

/**
 * Reads a folder: every file once, in order of path, hashed on the way. Links and special files are findings and
 * are never followed or opened. Nothing is written.
 * @throws Failure `file-unreadable`, `file-changed`
 */
export function readFolder(root: string, limits: Limits, wanted: Wanted, nesting: Wanted, onRead?: OnRead): RawBundle {
  const findings: Finding[] = [];
  const found = walk(root, '', limits, findings);
  const names = new EntryNames(limits);
  const files: RawFile[] = [];
  let total = 0;
  for (const { path, entry } of found) {
    const defect = nameFinding(path, entry, limits, names) ?? typeFinding(path, entry);
    if (defect !== undefined) findings.push(defect);
    if (defect !== undefined || entry.isDirectory()) continue;
    const file = readFile(join(root, path), path, limits, wanted(path), onRead);
    if ('check' in file) {
      findings.push(file);
      continue;
    }
    total += file.size;
    if (total > limits.expandedBytes) {
      findings.push(tooLarge(path, `The files of the bundle hold more than ${limits.expandedBytes} bytes.`));
      break;
    }
    const { head, ...raw } = file;
    const format = nesting(path) ? undefined : archiveFormat(head);
    if (format !== undefined) findings.push(nestedFinding(path, format));
    files.push({ path, ...raw });
  }
  return { source: 'folder', files, findings };
}

function walk(root: string, below: string, limits: Limits, findings: Finding[]): Found[] {
  const found: Found[] = [];
  const pending = [below];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      found.push({ path, entry });
      if (found.length > limits.entries) {
        findings.push({
          check: 'archive-too-many-entries',
          message: `The folder holds more than ${limits.entries} files and folders.`,
        });
        return found.slice(0, limits.entries);
      }
      if (entry.isDirectory() && path.split('/').length <= limits.pathDepth) pending.push(path);
    }
  }
  return found.sort((a, b) => compareText(a.path, b.path));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new Failure('file-unreadable', `The folder ${folder} cannot be listed.`, { cause });
  }
}

function nameFinding(path: string, entry: Dirent, limits: Limits, names: EntryNames): Finding | undefined {
  const { finding } = checkEntryName(path, limits);
  if (finding !== undefined) return { ...finding, at: { file: path } };
  const other = names.add(path, entry.isDirectory());
  if (other === undefined) return undefined;
  const message = `\`${path}\` and \`${other}\` are one name on a disk that does not tell case or forms apart.`;
  return { check: 'archive-name-collision', message, at: { file: path } };
}

function typeFinding(path: string, entry: Dirent): Finding | undefined {
  if (entry.isFile() || entry.isDirectory()) return undefined;
  const link = entry.isSymbolicLink();
  return {
    check: link ? 'archive-link-entry' : 'archive-special-file',
    message: `\`${path}\` is ${link ? 'a symbolic link' : 'not a regular file'}.`,
    at: { file: path },
  };
}

function nestedFinding(path: string, format: string): Finding {
  return {
    check: 'archive-nested',
    message: `\`${path}\` is itself an archive (${format}); a file of its role may not be one.`,
    at: { file: path },
  };
}

interface ReadFile {
  readonly size: number;
  readonly sha256: string;
  readonly bytes?: Buffer;
  /** The first bytes, for looking at what it is. */
  readonly head: Buffer;
}

function readFile(
  location: string,
  path: string,
  limits: Limits,
  keep: boolean,
  onRead: OnRead | undefined,
): ReadFile | Finding {
  const source = watched(openFileSource(location), onRead);
  try {
    if (source.size > limits.entryBytes) {
      return tooLarge(path, `\`${path}\` has ${source.size} bytes; the limit is ${limits.entryBytes}.`);
    }
    const hash = createHash('sha256');
    const bytes = keep ? Buffer.allocUnsafe(source.size) : undefined;
    let head = Buffer.alloc(0);
    let offset = 0;
    for (const chunk of chunksOf(source)) {
      if (offset === 0) head = Buffer.from(chunk.subarray(0, magicLength));
      hash.update(chunk);
      bytes?.set(chunk, offset);
      offset += chunk.length;
    }
    source.verifyUnchanged();
    return { size: source.size, sha256: hash.digest('hex'), head, ...(bytes === undefined ? {} : { bytes }) };
  } finally {
    source.close();
  }
}

function tooLarge(path: string, message: string): Finding {
  return { check: 'file-too-large', message, at: { file: path } };
}
