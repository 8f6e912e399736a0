import type { Finding } from '../domain/diagnostic.ts';

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
