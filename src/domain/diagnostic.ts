import type { Severity } from './severity.ts';

/** A datum inside a bundle: the file, and the JSON pointer (RFC 6901) of the value where the file is a document. */
export interface Location {
  /** Path of the entry inside the bundle, `/` between its parts. */
  readonly file: string;
  /** JSON pointer into the document; the empty string is the whole document. */
  readonly pointer?: string;
  /** `key` when the key itself is the defect, else the value. */
  readonly part?: 'key' | 'value';
  /** A place that the reader knew already (syntax errors): used instead of the pointer. */
  readonly span?: Span;
}

/** 1-based lines and columns, columns in UTF-16 units; the end is behind the last character. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What a check or a reader found, before its place is known: a value, never thrown. */
export interface Finding {
  /** Id of the check, as in `docs/checks/<id>.md`. */
  readonly check: string;
  /** What is wrong with which datum. */
  readonly message: string;
  /** What to do, where the check's own help does not fit. */
  readonly help?: string;
  readonly at?: Location;
  /** Set where one check knows two severities; else the registry's applies. */
  readonly severity?: Severity;
}

/** A finding with its place, severity, help and page: what reports carry. */
export interface Diagnostic {
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly url: string;
}

/** A check that could not run, and why. */
export interface Skipped {
  readonly check: string;
  readonly reason: string;
}

/** Order of a report: file, line, column, check, message; code units, so the same on every machine. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file ?? '', b.file ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.check, b.check) ||
    compareText(a.message, b.message)
  );
}

/** Compares by UTF-16 code units, independent of any locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
