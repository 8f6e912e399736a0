import type { Finding } from '../domain/diagnostic.ts';

/** Ids of the checks that reading an archive makes; each has its page in `docs/checks`. */
export type ArchiveCheckId =
  | 'archive-absolute-path'
  | 'archive-bomb'
  | 'archive-corrupt'
  | 'archive-encrypted'
  | 'archive-header-mismatch'
  | 'archive-link-entry'
  | 'archive-macos-metadata'
  | 'archive-name-collision'
  | 'archive-nested'
  | 'archive-overlap'
  | 'archive-path-traversal'
  | 'archive-special-file'
  | 'archive-too-many-entries'
  | 'archive-unsafe-mode'
  | 'archive-unsafe-name'
  | 'archive-unsupported-method';

/** A member of an archive whose name, headers and bytes passed every rule. */
export interface ArchiveMember {
  /** Name in the archive without a trailing `/`. */
  readonly path: string;
  readonly directory: boolean;
  /** Bytes of content. */
  readonly size: number;
  /** Bytes in the archive. */
  readonly compressedSize: number;
  /** Lower-case hex SHA-256 of the content; empty for a directory. */
  readonly sha256: string;
}

/** Takes the content of a member, chunk by chunk, in order; chunks may be reused afterwards, so copy to keep. */
export type ContentSink = (chunk: Buffer) => void;

/** What reading an archive gives: its members, or findings. With an error among the findings, members are not to be used. */
export interface ArchiveReading {
  readonly members: readonly ArchiveMember[];
  readonly findings: readonly Finding[];
}

/** Asked for every file before its content is read: a sink to get the bytes, undefined to have them hashed only. */
export type MemberVisitor = (path: string, size: number) => ContentSink | undefined;

/** What a reader of an archive may be told. */
export interface ArchiveOptions {
  /** Whether the file at this path may itself be an archive; without it, none may. */
  nesting?(path: string): boolean;
}
