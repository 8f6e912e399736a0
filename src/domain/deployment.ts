import type { Value } from './document.ts';
import type { ObjectKey } from './resource.ts';

/** One step of a deployment, in order; plain data without secrets. `requires` is what must still hold when it is applied. */
export type DeployOperation =
  | {
      readonly do: 'keep';
      readonly object: ObjectKey;
      readonly digest: string;
      /** Somebody else put it there, equal to what is wanted: it is used, and never changed or taken away by us. */
      readonly foreign?: true;
    }
  | {
      readonly do: 'create';
      readonly object: ObjectKey;
      readonly digest: string;
      readonly requires: { readonly absent: true };
    }
  | {
      /** `update` in place; `replace` removes first: what the object has learnt is lost. */
      readonly do: 'update' | 'replace';
      readonly object: ObjectKey;
      readonly digest: string;
      readonly requires: { readonly digest: string };
    }
  | { readonly do: 'remove'; readonly object: ObjectKey; readonly requires: { readonly digest: string } }
  /** A proof between the writes: documents through the pipelines that were just stored, before the switch. */
  | { readonly do: 'prove'; readonly proof: string; readonly objects: readonly ObjectKey[] };

/** All that a deployment will do on one target. No operation but `keep`: nothing on the target is to be changed. */
export interface DeployPlan {
  readonly version: 1;
  readonly action: 'deploy' | 'undeploy' | 'rollback';
  /** Name of the target in the configuration, or its address without user information. */
  readonly target: string;
  /** Family of the release and prefix of the ids: one deployment of both comes after another. */
  readonly family: string;
  readonly prefix: string;
  /** Release that the target will hold; undefined where nothing is left. */
  readonly release?: string;
  /** SHA-256 of the release's manifest, or of the bundle where it comes from a folder. */
  readonly digest?: string;
  /** Newest deployment of the journal when the plan was made; 0 for none. */
  readonly after: number;
  readonly operations: readonly DeployOperation[];
  /** Objects of an earlier deployment that this one is not about: they stay, and stay ours. */
  readonly carried: readonly DeployedObject[];
  /** The journal says all of this already: nothing is to be done at all. */
  readonly standing?: true;
}

/** A step of a deployment as the journal knows it. */
export interface JournalStep {
  readonly operation: DeployOperation;
  /** `begun`: it may have had its effect, or not. */
  readonly state: 'waiting' | 'begun' | 'done' | 'undone';
  /**
   * What stood there before, saved before it was changed: it cannot be had again from a release. Absent in a `remove`
   * that was begun: its body is too large for a journal, so the removal is finished and never undone.
   */
  readonly before?: Value;
  /** What is put there, where a digest alone cannot tell it from what the server makes of it. */
  readonly wanted?: Value;
  /** Object digest that was read back after it was put there. */
  readonly after?: string;
}

/** A process, told so that a later one on the same machine can see whether it still lives. */
export interface DeploymentProcess {
  readonly host: string;
  readonly pid: number;
  readonly start?: string | undefined;
  readonly machine?: string | undefined;
  readonly boot?: string | undefined;
  readonly space?: string | undefined;
}

/** One deployment: what the journal holds, one record each. */
export interface Deployment {
  /** Counts up on a target; creating the record exclusively is the lock. */
  readonly number: number;
  readonly action: DeployPlan['action'];
  /** `running` and `undoing` are unfinished: nobody else may begin. */
  readonly state: 'running' | 'done' | 'undoing' | 'undone';
  readonly target: string;
  /** Address of the Kibana that its rules and saved objects stand in, without user information; absent for none. */
  readonly kibana?: string;
  readonly release?: string;
  readonly digest?: string;
  /** Family of the release and prefix of the ids: what a later deployment of both comes after. */
  readonly family: string;
  readonly prefix: string;
  /** Who: id of the run; and its process, which may be gone. */
  readonly run: string;
  readonly process: DeploymentProcess;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** When the record was last written: the sign of life of a process on another machine. */
  readonly writtenAt: string;
  readonly finishedAt?: string;
  readonly tool: string;
  readonly steps: readonly JournalStep[];
  /** What the target holds of the release when the deployment is done: ours by digest, as it was read back. */
  readonly objects: readonly DeployedObject[];
}

/** An object of ours on a target. */
export interface DeployedObject {
  readonly object: ObjectKey;
  readonly digest: string;
  /** Release that it came from, where that is not the deployment's. */
  readonly release?: string;
  /** What its release said of it, where people may make something else of it. */
  readonly wants?: Value;
}
