import type { ArchiveFindings } from '../archive-findings.ts';
import { quoteName } from '../entry-name.ts';
import type { DirectoryEntry } from './directory.ts';
import { extraId } from './extra.ts';

/** The kinds of file of a Unix mode (`S_IFMT` of sys/stat.h). */
const kindMask = 0o170000;
const kinds = { file: 0o100000, directory: 0o040000, link: 0o120000 } as const;
const setIdAndSticky = 0o7000;

/** Attributes of DOS and Windows in the lower half. */
const dos = { volumeLabel: 0x08, directory: 0x10, device: 0x40, reparsePoint: 0x400 } as const;

const modeHelp =
  'Clear the bits with `chmod -R ug-s,-t <folder>` and zip again, or use `mldr pack`, which writes mode 0644.';

/**
 * Refuses everything but regular files and directories (security.md A3, A4). The mode counts whatever system the
 * entry says it was made on, because readers look at it without asking.
 * @param path the name without a trailing `/`
 * @param directory whether the name says that it is one
 */
export function checkEntryType(
  entry: DirectoryEntry,
  path: string,
  directory: boolean,
  findings: ArchiveFindings,
): void {
  const name = quoteName(path);
  const mode = entry.attributes >>> 16;
  const kind = mode & kindMask;
  if (kind === kinds.link || (entry.attributes & dos.reparsePoint) !== 0) {
    const help = 'Put the file itself into the archive: `zip -r` without `-y` follows links.';
    findings.add('archive-link-entry', `${name} is a link.`, { help });
  } else if (isSpecial(kind) || (entry.attributes & (dos.volumeLabel | dos.device)) !== 0) {
    const help =
      'Only regular files and folders belong here. A file named "-" comes from `zip x.zip -`: name the files.';
    findings.add('archive-special-file', `${name} is neither a file nor a folder (mode ${octal(mode)}).`, { help });
  } else if ((kind === kinds.directory && !directory) || (kind === kinds.file && directory)) {
    const said = directory ? 'a file' : 'a folder';
    const named = directory ? 'a folder' : 'a file';
    findings.add('archive-header-mismatch', `${name} has the mode of ${said} and the name of ${named}.`);
  } else if (entry.fields.some(({ id, data }) => id === extraId.asiUnix && asiMode(data) !== mode)) {
    findings.add('archive-header-mismatch', `${name} has one mode in the directory and another in an extra field.`);
  }
  if ((mode & setIdAndSticky) !== 0) {
    const message = `${name} has mode ${octal(mode)}: set-uid, set-gid or sticky.`;
    findings.add('archive-unsafe-mode', message, { help: modeHelp });
  }
}

function isSpecial(kind: number): boolean {
  return kind !== 0 && kind !== kinds.file && kind !== kinds.directory;
}

/** Mode in the field of ASi (APPNOTE §4.6.6…: CRC, mode, …); some readers take mode and link target from there. */
function asiMode(data: Buffer): number | undefined {
  return data.length >= 6 ? data.readUInt16LE(4) : undefined;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
