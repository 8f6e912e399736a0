import type { Bundle } from '../domain/bundle.ts';
import type { Finding } from '../domain/diagnostic.ts';
import type { EvaluationJudgement } from '../domain/evaluation.ts';
import type { ForkSettings } from '../domain/fork-settings.ts';
import type { GoldenJudgement } from '../domain/golden.ts';
import type { History } from '../domain/history.ts';
import type { Limits } from '../domain/limits.ts';
import type { ApprovedScript } from '../domain/script.ts';
import type { Severity } from '../domain/severity.ts';
import type { Yanking } from '../domain/yanked.ts';
import type { SimulatedTest } from './pipeline-differences.ts';

/** All that a check may look at: immutable values; no file, network or clock. */
export interface CheckContext {
  readonly bundle: Bundle;
  /** Undefined where no store was given or it could not be read: see `historyMissing`. */
  readonly history?: History;
  /** Why there is no history. */
  readonly historyMissing?: string;
  /** Whether the name was minted from the store: other runs may hold or publish numbers around it meanwhile. */
  readonly minted?: boolean;
  /** Of the configuration file, where a fork's pull request started the run. */
  readonly forkSettings?: ForkSettings | undefined;
  /** Releases that nobody is to use any more; none known where it is absent. */
  readonly yanked?: Yanking;
  /** The release that the bundle rests on, where that is known. */
  readonly builtOn?: string;
  /** Scripts that the team answers for; none where it is absent. */
  readonly approvedScripts?: readonly ApprovedScript[];
  /** What comparing the model with golden predictions gave; absent where there are none. */
  readonly golden?: GoldenJudgement;
  /** What judging the model by labelled sets gave; absent where there are none. */
  readonly evaluation?: EvaluationJudgement;
  /** What a stack made of the bundle's test documents, or why it could not; absent where no stack was given. */
  readonly simulated?: { readonly tests: readonly SimulatedTest[] } | { readonly missing: string };
  readonly limits: Limits;
  /** The moment of the run. */
  readonly now: Date;
}

/** What a check gives for each defect; the registry adds its id. */
export type CheckFinding = Omit<Finding, 'check'>;

/** Yielded by a check that cannot look at something: why. */
export interface CannotRun {
  readonly skipped: string;
}

/** One check. Those without `run` are found by a reader, before any value exists. */
export interface Check {
  /** Names the defect: `model-hash-reused`. The page is `docs/checks/<id>.md`. */
  readonly id: string;
  readonly severity: Severity;
  /** One line: what is wrong when it reports. */
  readonly title: string;
  /** What to do. */
  readonly help: string;
  /** Kinds it applies to, where not to all. */
  readonly kinds?: readonly string[];
  /** Whether nobody can make it lighter: where it reports, nothing was read that could be released; or another reason. */
  readonly firm?: true | string;
  /** Whether `scan` runs it over single files too: a matter of safety, not of completeness. */
  readonly scan?: true;
  /** Whether a bundle has what it looks at at all; else it is not counted among those that ran. Absent: every bundle. */
  applies?(context: CheckContext): boolean;
  run?(context: CheckContext): Iterable<CheckFinding | CannotRun>;
}

/** Types a check's definition without widening it. */
export function defineCheck<const T extends Check>(check: T): Check {
  return check;
}
