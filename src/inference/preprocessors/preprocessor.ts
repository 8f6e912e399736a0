import type { ObjectValue, Value } from '../../domain/document.ts';
import type { Members } from '../members.ts';
import type { Row, Slots } from '../slots.ts';

/** Fills slots of a row from others; a missing field gives no feature. */
type Encode = (row: Row) => void;

/** A preprocessor that was read. */
export interface Preprocessor extends Encoding {
  /** Its key in the definition: `one_hot_encoding`, … */
  readonly type: string;
}

/** What it does, whatever it is called. */
export interface Encoding {
  readonly encode: Encode;
  /** Fields it reads, and features it may write. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** What reading one needs. */
export interface Reading {
  readonly slots: Slots;
  readonly members: Members;
  /** Reads one preprocessor: an object with one key, its type. */
  inner(value: Value, pointer: string): Preprocessor | undefined;
}

/** Reads the body of one type; undefined, and a problem, where it is not as Elasticsearch wants it. */
export type ReadPreprocessor = (body: ObjectValue, pointer: string, reading: Reading) => Encoding | undefined;
