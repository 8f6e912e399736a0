import type { Value } from '../domain/document.ts';
import type { Health, Tolerance } from '../domain/health.ts';
import type { ActualObject, DesiredObject, ObjectKey, ResourceTypeId } from '../domain/resource.ts';

/** How one type of object is read and written on a target (port; one contract suite in `__tests__/contracts`). */
export interface ResourceType {
  readonly type: ResourceTypeId;
  /** What stands under an id; undefined where nothing does. @throws Failure the client's */
  read(id: string): Promise<ActualObject | undefined>;
  /** Whether the target holds what is wanted: by default equal digests; a type may ignore what people tune. */
  equal(desired: DesiredObject, actual: ActualObject): boolean;
  /**
   * Whether what stands there may be what the server made of an object that was just sent; by default what is `equal`. A
   * server may migrate what it takes.
   */
  made?(desired: DesiredObject, actual: ActualObject): boolean;
  /** Members of the body in which what stands there differs; absent where every member counts. */
  differing?(desired: DesiredObject, actual: ActualObject): readonly string[];
  /**
   * Brings together what a release wants and what people made of the object that stands there: absent where a release
   * decides alone.
   * @param base what the last release of the line wanted; undefined where there is none
   * @param held digest of what its deployment left there
   */
  merge?(desired: DesiredObject, actual: ActualObject, base: Value | undefined, held?: string): MergedObject;
  /** What has to happen to something that differs. */
  change(desired: DesiredObject, actual: ActualObject): 'update' | 'replace' | { readonly refuse: string };
  /**
   * People tune objects of this type on the target: one that was changed by hand is not refused for that, and `change`
   * decides what becomes of it.
   */
  readonly tunable?: true;
  /** Objects of this type have learnt nothing: one that is replaced is made anew from what the target has. */
  readonly remade?: true;
  /** The server itself refuses to create one where there is one already: nothing has to be looked at before. */
  readonly exclusive?: true;
  /** Puts an object where there is none. @throws Failure `target-refused` with the server's reason at the file */
  create(desired: DesiredObject): Promise<void>;
  /** Changes it in place; absent where the type cannot. */
  update?(desired: DesiredObject, before: ActualObject): Promise<void>;
  /** Puts another one in its place; by default it is removed, and the other one created. */
  replace?(desired: DesiredObject): Promise<void>;
  /**
   * Sets going again what a change stopped, and what hung on an object that was replaced: `before` is the body that was
   * read before it. Nothing where all of it runs.
   */
  resume?(key: ObjectKey, before: Value): Promise<void>;
  /** Takes it away, with what must be stopped first. Nothing where it is gone already. */
  remove(key: ObjectKey): Promise<void>;
  /** Puts back a body that the journal saved, over whatever stands there or where nothing does. */
  restore(key: ObjectKey, before: Value): Promise<void>;
  /**
   * Whether what stands there could be put back from a saved body; by default it can. Where not (a definition too large
   * for a journal), it is never replaced, and its removal comes last and is not undone.
   */
  restorable?(actual: ActualObject): boolean;
  /**
   * Who uses it: it is not removed while anybody does. `keyText` of an object of the target, words for a person for
   * anything else (`index logs-dns`).
   */
  usedBy?(id: string): Promise<readonly string[]>;
  /**
   * How objects that stand there do their work, by id, read and nothing else; absent where a type does no work itself
   * (a script, a template). What is gone meanwhile is left out. @throws Failure the client's
   */
  health?(ids: readonly string[], tolerance: Tolerance): Promise<ReadonlyMap<string, Health>>;
}

/** An object of a release, and the one that stands there, brought together. */
export interface MergedObject {
  /** What is to stand there; in a conflict, what the release says. */
  readonly desired: DesiredObject;
  /** Members that people changed and the release did not: as they have them. */
  readonly kept: readonly string[];
  /** Members that are people's alone, and that the release changes all the same: as they have them. */
  readonly ignored: readonly string[];
  /** Members that both changed, each to something else. */
  readonly conflicts: readonly string[];
}

/** The types that a target has. */
export type ResourceTypes = ReadonlyMap<ResourceTypeId, ResourceType>;
