import type { Finding } from './diagnostic.ts';
import type { Document, Value } from './document.ts';
import type { Kind } from './kind.ts';
import type { ReferenceGraph } from './reference.ts';
import type { ScriptText } from './script.ts';

/** A file of a bundle. Its bytes are not kept: what checks need of them is in `document` and `text`. */
export interface Entry {
  /** Path inside the bundle's top folder, `/` between its parts. */
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
  /** Lower-case hex SHA-256 of the bytes. */
  readonly sha256: string;
  /** Id of the role it plays; undefined where it fits none or several. */
  readonly role?: string;
  /** The roles it fits, where it fits several. */
  readonly ambiguous?: readonly string[];
  /** What `<id>` of the role's pattern captured. */
  readonly capture?: string;
  /** Present where the role's format is a document and it was read without an error. */
  readonly document?: Document;
  /** Why there is no document although the format is one. */
  readonly unreadable?: string;
  /** A line of its text (1-based), for excerpts; present for documents, readable or not, and for texts. */
  readonly line?: (number: number) => string | undefined;
  /** What `compressed_definition` of a model holds, where there is one and it was opened without an error. */
  readonly openedDefinition?: Value;
  /** The programs that its document carries; absent where its format carries none. */
  readonly scripts?: readonly ScriptText[];
  /** SHA-256 of the historic canonical text (elastic.md §2.2), for model files only. */
  readonly canonicalSha256?: () => string;
}

/** A bundle as it was read: immutable, the input of every check. */
export interface Bundle {
  /** Base name: of the folder, or of the zip without its ending. */
  readonly name: string;
  /** Where it was read, as the user named it. */
  readonly path: string;
  readonly source: 'folder' | 'zip';
  /** The single top folder inside a zip; undefined for a folder. */
  readonly topFolder?: string;
  /** Undefined where the name belongs to no family and none was asked for. */
  readonly kind?: Kind;
  /** SHA-256 over the sorted lines `<sha256>  <path>\n` of the entries: the same for the folder and its zip. */
  readonly sha256: string;
  readonly entries: readonly Entry[];
  /** Files below `_dev/`: outside the roles, never packed. */
  readonly dev: readonly Entry[];
  readonly graph: ReferenceGraph;
  /** What the readers found. */
  readonly findings: readonly Finding[];
}

/** Whether a file of a bundle holds test documents or what is to become of them, by its path. */
export function isTestDocument(path: string): boolean {
  return /^_dev\/test\/[^/]+\.json$/.test(path);
}

/** How findings name a file beside a bundle: as the user did, but never as a file of the bundle is named. */
export function besideName({ entries }: Pick<Bundle, 'entries'>, path: string): string {
  return entries.some((entry) => entry.path === path) ? `./${path}` : path;
}
