import type { PlannedAsset } from '../domain/plan.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';
import type { Draft, DraftRequest } from './store.ts';

/** What every store knows of a draft that this process works on. */
export interface OpenDraftState {
  readonly request: DraftRequest;
  /** What it was sealed with; undefined again when something was put since. */
  readonly sealed: readonly PlannedAsset[] | undefined;
}

/** The drafts that a store has open: one a name, and each is its own run's alone. */
interface OpenDrafts<State extends OpenDraftState> {
  /** Adds a draft, in the place of what was known under its name. */
  set(open: State): void;
  /** The draft, where this run has it open. */
  find(draft: Draft): State | undefined;
  /** @throws Failure `precondition-failed` where this run does not have it open */
  require(draft: Draft): State;
  /** Forgets it; nothing where this run does not have it open. */
  close(draft: Draft): void;
}

/** No draft open yet. */
export function openDrafts<State extends OpenDraftState>(): OpenDrafts<State> {
  const drafts = new Map<string, State>();

  function find(draft: Draft): State | undefined {
    const open = drafts.get(draft.name);
    return open?.request.run === draft.run ? open : undefined;
  }

  return {
    set: (open) => void drafts.set(open.request.name, open),
    find,
    require: (draft) => {
      const open = find(draft);
      if (open !== undefined) return open;
      const message = `Run \`${safe(draft.run)}\` has no draft of \`${safe(draft.name)}\` here.`;
      throw new Failure('precondition-failed', message);
    },
    close: (draft) => {
      if (find(draft) !== undefined) drafts.delete(draft.name);
    },
  };
}

/** What a draft may be published with. @throws Failure `precondition-failed` where it was not sealed */
export function requireSealed({ request, sealed }: OpenDraftState): readonly PlannedAsset[] {
  if (sealed !== undefined) return sealed;
  const message = `The draft of \`${safe(request.name)}\` was not sealed since its last file.`;
  throw new Failure('precondition-failed', message);
}
