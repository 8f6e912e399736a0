import type { Finding } from '../../domain/diagnostic.ts';
import type { Limits } from '../../domain/limits.ts';
import type { ArchiveMember, ArchiveReading } from '../archive.ts';
import { openFileSource } from '../file-source.ts';
import { watched } from '../source.ts';
import { readZip } from '../zip/read.ts';
import type { OnRead, RawBundle, RawFile, Wanted } from './raw-file.ts';

/**
 * Reads a zip through the strict reader. What the files are called inside the bundle is their path below the
 * single top folder.
 * @throws Failure `path-not-found`, `file-unreadable`, `file-changed`
 */
export async function readArchive(
  location: string,
  limits: Limits,
  wanted: Wanted,
  nesting: Wanted,
  onRead?: OnRead,
): Promise<RawBundle> {
  const source = watched(openFileSource(location), onRead);
  try {
    const kept = new Map<string, Buffer>();
    const reading = await readZip(
      source,
      limits,
      (path, size) => {
        if (!wanted(belowTop(path))) return undefined;
        const bytes = Buffer.allocUnsafe(size);
        kept.set(path, bytes);
        let offset = 0;
        return (chunk) => {
          bytes.set(chunk, offset);
          offset += chunk.length;
        };
      },
      { nesting: (path) => nesting(belowTop(path)) },
    );
    source.verifyUnchanged();
    const top = topFolder(reading.members);
    return {
      source: 'zip',
      ...(top === undefined ? {} : { topFolder: top }),
      files: reading.members.filter(({ directory }) => !directory).map((member) => rawFile(member, top, kept)),
      findings: [...reading.findings, ...topFinding(top, reading)],
    };
  } finally {
    source.close();
  }
}

function belowTop(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

function topFolder(members: readonly ArchiveMember[]): string | undefined {
  const tops = new Set(
    members.map(({ path, directory }) => (path.includes('/') || directory ? path.split('/')[0] : '')),
  );
  const [top] = tops;
  return tops.size === 1 && top !== '' ? top : undefined;
}

function topFinding(top: string | undefined, { members, findings }: ArchiveReading): Finding[] {
  if (top !== undefined || findings.length > 0) return [];
  const first = members[0];
  const message =
    first === undefined
      ? 'The archive holds nothing.'
      : `The archive has no single top folder: \`${first.path}\` is the first of ${members.length} members.`;
  return [{ check: 'archive-top-folder', message }];
}

function rawFile(member: ArchiveMember, top: string | undefined, kept: ReadonlyMap<string, Buffer>): RawFile {
  const bytes = kept.get(member.path);
  return {
    path: top === undefined ? member.path : belowTop(member.path),
    size: member.size,
    sha256: member.sha256,
    ...(bytes === undefined ? {} : { bytes }),
  };
}
