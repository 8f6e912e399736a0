import type { Finding } from './diagnostic.ts';

/** A row of a labelled set: a value, and whether a person calls it malicious. */
export interface LabelledRow {
  /** 1-based. */
  readonly line: number;
  readonly value: string;
  readonly label: string;
  /** What kind of it this is, such as the family of a domain generator. */
  readonly family?: string;
}

/** A labelled set, read. Its rows stay where they are: only counts and its digest go further. */
export interface LabelledSet {
  readonly path: string;
  readonly sha256: string;
  readonly rows: readonly LabelledRow[];
  /** Lines that are no row. */
  readonly findings: readonly Finding[];
}

/** One threshold of a curve: what is called malicious from it on. Shares are from 0 to 1. */
export interface CurvePoint {
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly recall: number;
}

/** How well a model tells two classes apart, at its own decision and along all thresholds. */
export interface Evaluation {
  readonly rows: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  /** Of what is benign, the share that is called malicious. */
  readonly falsePositiveRate: number;
  /** Of what is malicious, the share that is found. */
  readonly recall: number;
  readonly families: readonly { readonly family: string; readonly rows: number; readonly recall: number }[];
  readonly curve: readonly CurvePoint[];
  /** The lowest threshold whose false-positive rate is allowed. */
  readonly suggested: CurvePoint;
  /** Digests of the sets, by name of file. */
  readonly sets: Readonly<Record<string, string>>;
}

/** Shares that an evaluation must keep; absent: any will do. */
export interface Gates {
  readonly falsePositiveRate?: number;
  readonly recall?: number;
  readonly recallPerFamily?: number;
}

/** What judging a model by labelled sets gave. */
export interface EvaluationJudgement {
  readonly findings: readonly Finding[];
  /** Why it could not be judged. */
  readonly skipped?: string;
  readonly evaluation?: Evaluation;
}
