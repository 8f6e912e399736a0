import type { DeploymentProcess, DeployOperation } from '../domain/deployment.ts';
import type { DesiredObject, ObjectKey } from '../domain/resource.ts';
import type { ResourceTypes } from '../resources/resource.ts';
import type { Journal } from './journal.ts';

/** Who deploys; stands in the journal, and in messages to whoever comes next. */
export interface Deployer {
  /** Id of the run. */
  readonly run: string;
  readonly process: DeploymentProcess;
  /** Address of the Kibana that a deployment is about, without user information. */
  readonly kibana?: string;
  /** Name and version of the tool. */
  readonly tool: string;
  readonly now: () => Date;
  /** The one command that repairs this target, as it is typed. */
  readonly repair: string;
}

/** What changes on a target need. */
export interface Surroundings {
  readonly types: ResourceTypes;
  readonly journal: Journal;
  readonly who: Deployer;
  readonly onEvent?: DeployListener;
}

/** And what an application of a plan needs besides. */
export interface Execution extends Surroundings {
  /** Every object that the plan creates or changes. */
  readonly desired: readonly DesiredObject[];
  /** By the names that the plan has. */
  readonly proofs?: ReadonlyMap<string, Proof>;
}

/** Proves something about what stands on the target by now. @throws Failure `proof-failed` */
export type Proof = () => Promise<void>;

/** Something that undoing did not put back. */
export interface Leftover {
  readonly object: ObjectKey;
  /** A clause, safe to print. */
  readonly why: string;
}

/** What happens during a deployment, in order; told right after it happened. */
export type DeployEvent =
  /** The journal holds the record: the target is ours until it is finished. */
  | { readonly type: 'begun'; readonly number: number }
  /** A step is about to be done; models take a while. */
  | { readonly type: 'doing'; readonly operation: DeployOperation }
  | { readonly type: 'done'; readonly operation: DeployOperation }
  /** Something failed: what was done is put back, last first. */
  | { readonly type: 'undoing'; readonly number: number }
  | { readonly type: 'undone'; readonly operation: DeployOperation }
  | ({ readonly type: 'left' } & Leftover)
  | { readonly type: 'finished'; readonly number: number; readonly state: 'done' | 'undone' };

/** Takes the events. It must not throw. */
export type DeployListener = (event: DeployEvent) => void;
