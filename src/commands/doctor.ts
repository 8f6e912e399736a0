import { Failure } from '../errors.ts';
import type { CommandResult } from '../result.ts';
import { openStore, type Session } from '../session.ts';
import { type Condition, looked, type Preflight } from '../stores/preflight.ts';
import { type Deletion, deleteDrafts, draftConditions } from './doctor/drafts.ts';
import { runConditions } from './doctor/run-conditions.ts';
import { conditionLines, summary } from './doctor/table.ts';
import { asksTarget, targetConditions } from './doctor/target.ts';
import { releaseWorkflows, workflowCondition } from './doctor/workflows.ts';
import { elasticAddress } from './elastic/address.ts';

/**
 * Says what is missing to publish into the store, with the text to add; where a target is named, what is missing to
 * deploy to it. Changes nothing, but for drafts of our own that `--delete-draft` names.
 */
export async function doctor(session: Session): Promise<CommandResult> {
  if (asksTarget(session)) return await doctorOfTarget(session);
  const store = await openStore(session);
  const wanted = session.inputs['delete-draft'] ?? [];
  if (wanted.length > 0) return deletionResult(store.address, await deleteDrafts(store, wanted));
  const conditions = await conditionsOf(session, store, store.address);
  return {
    ...told(conditions, store.address, 'publish'),
    store: store.address,
    result: { store: store.address, conditions },
  };
}

async function doctorOfTarget(session: Session): Promise<CommandResult> {
  if ((session.inputs['delete-draft'] ?? []).length > 0) {
    throw new Failure('usage', 'A target has no drafts: `--delete-draft` is about the store.');
  }
  const conditions = await targetConditions(session);
  const target = elasticAddress(session).shown;
  return { ...told(conditions, target, 'deploy'), result: { target, conditions } };
}

function told(conditions: readonly Condition[], place: string, purpose: 'publish' | 'deploy'): CommandResult {
  const missing = conditions.some(({ state }) => state === 'missing');
  const unclear = !missing && conditions.some(({ state }) => state === 'unknown');
  return {
    subjects: [],
    text: [place, '', ...conditionLines(conditions), '', summary(conditions, purpose)],
    ...(missing ? { no: true as const } : {}),
    ...(unclear ? { unclear: true as const } : {}),
  };
}

async function conditionsOf(session: Session, store: Preflight, address: string): Promise<Condition[]> {
  const remote = address.startsWith('github:');
  const workflows = remote ? releaseWorkflows(session.host.cwd) : [];
  const intent = {
    families: session.kinds.map(({ family }) => family),
    environments: [...new Set(workflows.flatMap(({ environments }) => environments))],
  };
  const seen = await store.probe(intent);
  const left = await looked('drafts', async () => draftConditions(await store.leftovers(), address, session.now));
  // Where something else is out of reach, that the drafts are too says nothing new.
  const drafts = seen.some(isObstacle) ? left.filter(({ state }) => state !== 'unknown') : left;
  return [...seen, ...(remote ? runConditions(session.host.env) : []), ...workflows.map(workflowCondition), ...drafts];
}

function isObstacle({ state }: Condition): boolean {
  return state === 'missing' || state === 'unknown';
}

function deletionResult(store: string, deletions: readonly Deletion[]): CommandResult {
  const text = deletions.map(({ name, removed, because }) => {
    return because === undefined ? `✓ ${name}  deleted: ${removed.join(', ')}` : `✗ ${name}  kept: ${because}`;
  });
  const kept = deletions.some(({ because }) => because !== undefined);
  return { subjects: [], store, result: { store, deletions }, text, ...(kept ? { no: true as const } : {}) };
}
