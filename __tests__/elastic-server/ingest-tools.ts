import type { GoldenRows } from './golden.ts';
import type { JsonObject } from './json.ts';
import type { Program } from './painless.ts';
import type { Counts, Stack } from './stack.ts';

/** With what documents go through pipelines. */
export interface IngestTools {
  readonly stack: Stack;
  readonly pipelines: ReadonlyMap<string, JsonObject>;
  readonly golden: GoldenRows;
  readonly programs: Readonly<Record<string, Program>>;
  /** Whether the statistics count it. */
  readonly counted: boolean;
  /** Whether a failure is being dealt with: what is done about it is counted nowhere. */
  readonly rescuing?: boolean;
}

/** The counts of an id, made where there are none. */
export function countsOf(counts: Map<string, Counts>, id: string): Counts {
  const found = counts.get(id) ?? { count: 0, failed: 0, missing: 0 };
  counts.set(id, found);
  return found;
}
