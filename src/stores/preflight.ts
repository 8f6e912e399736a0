import { Failure, type FailureCode } from '../errors.ts';

/**
 * How something stands that publishing needs: `good`; `attention`, which stops nothing; `missing`; `unknown`, where it
 * could not be asked for.
 */
export type ConditionState = 'good' | 'attention' | 'missing' | 'unknown';

/** One thing that publishing needs, as it stands. */
export interface Condition {
  /** What was looked at, in a word or two. */
  readonly subject: string;
  readonly state: ConditionState;
  /** The failure that a release would end in. */
  readonly code?: FailureCode;
  /** What was seen. */
  readonly message: string;
  /** What to do, with the very text to add; may have several lines. */
  readonly help?: string;
}

/** What is to be published, as far as it is known beforehand. */
export interface Intent {
  /** Prefixes of the names. */
  readonly families: readonly string[];
  /** Environments that the workflows name which publish. */
  readonly environments: readonly string[];
}

/** A draft that a run began and did not publish. */
export interface Leftover {
  readonly name: string;
  /** Undefined where no run of this tool made it: nothing here touches it. */
  readonly run: string | undefined;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** Whether its run is over, as far as can be seen. */
  readonly standing: 'ended' | 'running' | 'unknown';
}

/** An ability of every store: to say beforehand what would fail later, and what earlier runs left. */
export interface Preflight {
  /** Asks, and leaves nothing. What cannot be asked for is a condition too. */
  probe(intent: Intent): Promise<Condition[]>;
  /** Drafts that are not published, sorted by name. @throws Failure of the store */
  leftovers(): Promise<Leftover[]>;
  /**
   * Removes what a run left of a name: its draft and its claim, never anything published, or of another run.
   * @returns what was removed, in words; none where it was gone already
   * @throws Failure of the store; `claim-held` where another run holds the name now
   */
  discard(leftover: Leftover & { readonly run: string }): Promise<string[]>;
}

/** A condition that a failure stands for. */
export function unmet({ code, message, help }: Failure, subject: string, state: ConditionState = 'missing'): Condition {
  return { subject, state, code, message, help };
}

/** Looks at something; what keeps it from being seen is a condition too. */
export async function looked(subject: string, look: () => Promise<Condition[]>): Promise<Condition[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Failure) return [unmet(error, subject, 'unknown')];
    throw error;
  }
}
