import type { Finding, Span } from './diagnostic.ts';
import type { ObjectValue } from './document.ts';

/** A line of a file of golden predictions: what the model is to say of one value. */
export interface GoldenRow {
  /** 1-based. */
  readonly line: number;
  readonly value: ObjectValue;
  /** The place, in its file, of a value in the row or of its key. */
  locate(pointer: string, part?: 'key' | 'value'): Promise<Span | undefined>;
}

/** A file of golden predictions, read. */
export interface GoldenFile {
  /** Path in the bundle, or as the user named it. */
  readonly path: string;
  readonly sha256: string;
  readonly rows: readonly GoldenRow[];
  /** Lines that are no row. */
  readonly findings: readonly Finding[];
}

/** What comparing a model with its golden predictions gave. */
export interface GoldenJudgement {
  readonly findings: readonly Finding[];
  /** Why nothing could be compared. */
  readonly skipped?: string;
  /** Absent where nothing could be compared. */
  readonly coverage?: GoldenCoverage;
}

/** How much of a model its golden predictions see. */
export interface GoldenCoverage {
  readonly rows: number;
  /** Rows on which the model says something else. */
  readonly differing: number;
  /** The largest difference of a number. */
  readonly largest: number;
  readonly leaves: number;
  readonly reached: number;
}
