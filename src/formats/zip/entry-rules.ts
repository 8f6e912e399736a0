import type { Limits } from '../../domain/limits.ts';
import type { ArchiveFindings } from '../archive-findings.ts';
import { checkEntryName, decodeEntryName, quoteName } from '../entry-name.ts';
import { EntryNames } from '../entry-names.ts';
import type { DirectoryEntry } from './directory.ts';
import { checkEntryType } from './entry-type.ts';
import { extraId } from './extra.ts';
import { flag } from './layout.ts';

/** An entry with its name decoded. */
export interface NamedEntry extends DirectoryEntry {
  /** As the archive has it; undefined where readers do not agree on it. */
  readonly name: string | undefined;
  /** Without a trailing `/`. */
  readonly path: string;
  readonly directory: boolean;
}

/** Bits 1 and 2 say how hard deflate tried. */
const knownFlags = (1 << 1) | (1 << 2) | flag.descriptor | flag.utf8;
/** APPNOTE §4.4.3.2: the highest version there is; above it lies a format that nobody knows. */
const highestVersion = 63;

const macosHelp =
  'Zip without it: `zip -r -X x.zip <folder>` or `mldr pack <folder>`; or remove it: `zip -d x.zip "__MACOSX*" "*/._*"`.';

/**
 * Judges every record of the directory by itself, and the names together (security.md A1–A6, A11).
 * @returns the entries with their names, in the directory's order
 */
export function nameEntries(
  entries: readonly DirectoryEntry[],
  limits: Limits,
  findings: ArchiveFindings,
): NamedEntry[] {
  const names = new EntryNames(limits);
  let metadata: string | undefined;
  const named = entries.map((entry) => {
    const name = nameOf(entry, findings);
    const { path, directory, finding } = checkEntryName(name ?? entry.rawName.toString('latin1'), limits);
    if (finding !== undefined && (name !== undefined || finding.check !== 'archive-unsafe-name'))
      findings.push(finding);
    const collision = name === undefined ? undefined : names.add(path, directory);
    if (collision !== undefined) findings.push(collision);
    checkEntryType(entry, path, directory, findings);
    checkCoding(entry, path, findings);
    if (directory && entry.size > 0) {
      findings.add('archive-header-mismatch', `${quoteName(path)} is a folder with ${entry.size} bytes of content.`);
    }
    if (isMacosMetadata(path)) metadata ??= path;
    return { ...entry, name, path, directory };
  });
  if (metadata !== undefined) {
    const message = `${quoteName(metadata)} is metadata of macOS, which Finder adds; it is no part of a bundle.`;
    findings.add('archive-macos-metadata', message, { help: macosHelp });
  }
  return named;
}

/** The name that all readers see; undefined, with a finding, where they do not agree on its bytes. */
function nameOf({ rawName, flags, fields }: DirectoryEntry, findings: ArchiveFindings): string | undefined {
  const name = decodeEntryName(rawName, (flags & flag.utf8) !== 0);
  if (typeof name !== 'string') {
    findings.push(name);
    return undefined;
  }
  if (!unicodePathAgrees(fields, name)) {
    const message = `${quoteName(name)} has another name in its Unicode extra field (0x7075): readers disagree on which counts.`;
    findings.add('archive-header-mismatch', message);
  }
  return name;
}

/** Whether the Unicode path field (APPNOTE §4.6.9: version, CRC, name), where there is one, repeats the name. */
export function unicodePathAgrees(fields: DirectoryEntry['fields'], name: string | undefined): boolean {
  if (name === undefined) return true;
  return fields.every(({ id, data }) => id !== extraId.unicodePath || data.subarray(5).equals(Buffer.from(name)));
}

function checkCoding(
  { flags, method, fields, versionNeeded, size, compressedSize }: DirectoryEntry,
  path: string,
  findings: ArchiveFindings,
): void {
  const name = quoteName(path);
  const sealed = flag.encrypted | flag.strongEncryption | flag.masked;
  if (
    (flags & sealed) !== 0 ||
    method === 99 ||
    fields.some(({ id }) => id === extraId.aes || id === extraId.strongEncryption)
  ) {
    findings.add('archive-encrypted', `${name} is encrypted.`, { help: 'Zip it without a password.' });
    return;
  }
  if (method !== 0 && method !== 8) {
    const help = 'Zip it with method deflate, which every tool takes by default, or with `mldr pack`.';
    findings.add(
      'archive-unsupported-method',
      `${name} is compressed with method ${method}; 0 (stored) and 8 (deflate) are taken.`,
      { help },
    );
  } else if ((flags & ~knownFlags) !== 0 || (versionNeeded & 0xff) > highestVersion) {
    const seen = `flags 0x${flags.toString(16)}, version ${versionNeeded & 0xff}`;
    findings.add(
      'archive-unsupported-method',
      `${name} asks for a feature of the format that is not known here (${seen}).`,
    );
  } else if (method === 0 && size !== compressedSize) {
    findings.add(
      'archive-header-mismatch',
      `${name} is stored as it is, and yet has ${size} bytes of content in ${compressedSize}.`,
    );
  }
}

function isMacosMetadata(path: string): boolean {
  return path.split('/', 1)[0] === '__MACOSX' || (path.split('/').at(-1) ?? '').startsWith('._');
}
