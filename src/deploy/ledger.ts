import { isDeepStrictEqual } from 'node:util';
import type { Deployment, DeployPlan, JournalStep } from '../domain/deployment.ts';
import { Failure } from '../errors.ts';
import type { Deployer, Surroundings } from './execution.ts';
import { objectsAfter } from './planner.ts';

/** The record of a deployment while somebody works on it: changed in memory, and saved ahead of what it tells. */
export interface Ledger {
  readonly deployment: Deployment;
  /** Whether the journal holds it, as far as is known. */
  readonly held: boolean;
  change(change: Partial<Deployment>): void;
  changeStep(index: number, step: JournalStep): void;
  /** @throws Failure `deployment-held`, `deployment-lost`, the journal's */
  save(): Promise<void>;
  /**
   * Finds out what became of a save that failed: it may have happened.
   * @returns what the journal holds under this number; undefined where nothing, and where no save failed
   * @throws Failure `deployment-lost` where somebody else wrote the record since; the journal's
   */
  settle(): Promise<Deployment | undefined>;
}

/** The record of a plan that is about to be applied. What releases say of objects comes to it at the end (`finish`). */
export function recordOf(plan: DeployPlan, { run, process, tool, now, kibana }: Deployer): Deployment {
  const { action, target, family, prefix, release, digest, operations } = plan;
  const at = now().toISOString();
  return {
    number: plan.after + 1,
    action,
    state: 'running',
    target,
    ...(kibana === undefined ? {} : { kibana }),
    ...(release === undefined ? {} : { release }),
    ...(digest === undefined ? {} : { digest }),
    family,
    prefix,
    run,
    process,
    startedAt: at,
    writtenAt: at,
    tool,
    steps: operations.map((operation) => ({ operation, state: operation.do === 'keep' ? 'done' : 'waiting' })),
    objects: objectsAfter(plan),
  };
}

/**
 * Opens a record for work.
 * @param held whether the journal holds it already; otherwise the first save begins it
 */
export function openLedger({ journal, who, onEvent }: Surroundings, first: Deployment, held: boolean): Ledger {
  let deployment = first;
  let isHeld = held;
  // What the journal may hold: the last record that was saved for certain, and one whose save failed.
  let possible = held ? [first] : [];
  let doubtful = false;
  return {
    get deployment() {
      return deployment;
    },
    get held() {
      return isHeld;
    },
    change: (change) => {
      deployment = { ...deployment, ...change };
    },
    changeStep: (index, step) => {
      deployment = { ...deployment, steps: deployment.steps.with(index, step) };
    },
    save: async () => {
      const next = { ...deployment, writtenAt: who.now().toISOString() };
      doubtful = true;
      possible.push(next);
      await (isHeld ? journal.write(next) : journal.begin(next));
      deployment = next;
      possible = [next];
      doubtful = false;
      if (!isHeld) onEvent?.({ type: 'begun', number: next.number });
      isHeld = true;
    },
    settle: async () => {
      if (!doubtful) return undefined;
      const { number } = deployment;
      const stored = (await journal.list()).find((record) => record.number === number);
      if (stored !== undefined && possible.some((record) => isDeepStrictEqual(plain(record), plain(stored)))) {
        isHeld = true;
      } else if (isHeld) {
        throw new Failure('deployment-lost', `Another run wrote the record of deployment ${number} since.`);
      }
      doubtful = false;
      return stored;
    },
  };
}

/** As it comes out of a journal: without members that are undefined. */
function plain(record: Deployment): unknown {
  return JSON.parse(JSON.stringify(record));
}
