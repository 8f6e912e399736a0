import type { Deployment, DeployPlan } from '../domain/deployment.ts';
import type { ActualObject, DesiredObject, ObjectKey } from '../domain/resource.ts';
import type { Line } from './ownership.ts';

/** What is wanted of a target; a value, made by a command. */
export interface DeployRequest extends Line {
  readonly action: DeployPlan['action'];
  /** Name of the target in the configuration, or its address without user information. */
  readonly target: string;
  readonly release?: string;
  /** SHA-256 of the release's manifest, or of the bundle where it comes from a folder. */
  readonly digest?: string;
  /** All that the target shall hold of the line; none to undeploy it. For a rollback those of the release before. */
  readonly desired: readonly DesiredObject[];
  readonly proofs?: readonly PlannedProof[];
  /** Which of the line's objects this is about, where not all: the others are neither wanted nor taken away. */
  readonly selects?: (key: ObjectKey) => boolean;
  /** Objects to take away that a person named, whether the journal knows them or not. */
  readonly named?: readonly ObjectKey[];
  /** Whether foreign objects, and those changed by hand, may be changed and (where named) taken away. */
  readonly overwrite?: boolean;
  readonly allowDowngrade?: boolean;
}

/** A proof by its name, which runs right after the last of its objects is on the target. */
export interface PlannedProof {
  readonly proof: string;
  readonly objects: readonly ObjectKey[];
}

/** What a plan is made from: the journal, and what stands on the target of all that the request touches. */
export interface TargetState {
  readonly deployments: readonly Deployment[];
  /** By `keyText`; without what is absent. */
  readonly actual: ReadonlyMap<string, ActualObject>;
  /** By `keyText`, of what may be taken away: who uses it. */
  readonly users: ReadonlyMap<string, readonly string[]>;
}

/** Something about an object that a person should know, though it stops nothing. */
export interface Attention {
  readonly object: ObjectKey;
  /**
   * `foreign`: it stays, and stays somebody else's; `changed`: changed by hand since we put it there; `shared`: another
   * deployment has it too; `used`: it stays since somebody uses it; `gone`: taken away already; `overwritten`: it was
   * not ours, and is saved in the journal; `tuned`: people changed what the release did not, and it stays so.
   */
  readonly what: 'tuned' | 'foreign' | 'changed' | 'shared' | 'used' | 'gone' | 'overwritten';
  /** A sentence without the object's name, safe to print. */
  readonly text: string;
}
