import type { Finding } from '../../domain/diagnostic.ts';

/** A file of a bundle as a folder or an archive gives it. */
export interface RawFile {
  /** Path inside the bundle's top folder. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** Kept only for files that are going to be read as documents. */
  readonly bytes?: Buffer;
}

/** What a folder or an archive gives: with an error among the findings, the files are not to be trusted. */
export interface RawBundle {
  readonly source: 'folder' | 'zip';
  readonly topFolder?: string;
  readonly files: readonly RawFile[];
  readonly findings: readonly Finding[];
}

/** Told of the bytes of each read. */
export type OnRead = (bytes: number) => void;

/** Whether the bytes of a file are wanted, by its path inside the bundle. */
export type Wanted = (path: string) => boolean;
