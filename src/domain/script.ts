/** A program that a document carries: what a stack would run. */
export interface ScriptText {
  /** JSON pointer to its text. */
  readonly pointer: string;
  /** Undefined where it is no text: then nothing can be compared. */
  readonly source?: string;
  /** Lower-case hex SHA-256 of the source in UTF-8, as `jq -j .script.source FILE | sha256sum` prints it. */
  readonly sha256?: string;
  /** The language that it names; undefined is painless. */
  readonly lang?: string;
  /** Whether it sets compiler options, `max_loop_counter` among them. */
  readonly options: boolean;
  /** A `condition` is the `if` of an ingest processor, which may read a document and not write it. */
  readonly use: 'program' | 'condition';
}

/** A program that a team has read and answers for. */
export interface ApprovedScript {
  /** Lower-case hex SHA-256 of its source. */
  readonly sha256: string;
  readonly reason: string;
}
