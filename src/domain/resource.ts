import type { Value } from './document.ts';

/** Types of the objects that live on a target. One file each in `src/resources`. */
export const resourceTypes = [
  'model',
  'script',
  'enrich-policy',
  'pipeline',
  'component-template',
  'mapping',
  'attachment',
  'transform',
  'job',
  'datafeed',
  'data-frame-analytics',
  'rule',
  'saved-object',
] as const;

/** One of them. */
export type ResourceTypeId = (typeof resourceTypes)[number];

/** Names an object of a target. */
export interface ObjectKey {
  readonly type: ResourceTypeId;
  readonly id: string;
}

/** `script/dga_ngrams_create`: for messages and maps. */
export function keyText({ type, id }: ObjectKey): string {
  return `${type}/${id}`;
}

/** What a bundle wants to stand on a target, with its final ids. */
export interface DesiredObject extends ObjectKey {
  /** As it is sent, without `_meta` of ours. */
  readonly body: Value;
  /** Object digest of the body (design.md §2): lower-case hex SHA-256. */
  readonly digest: string;
  /** Objects that must stand before it does. */
  readonly dependsOn: readonly ObjectKey[];
  /** File of the bundle that it comes from, for messages. */
  readonly file: string;
  /**
   * What the release says of it, where people may make something else of it on the target: the journal keeps it, and
   * the next release is merged by it.
   */
  readonly wants?: Value;
  /** Where a server compiles a script by what calls it: the context; '' where it is called from several. `ingest` if absent. */
  readonly context?: string;
  /** Id that the bundle gives it, where the final one differs (a prefix, a version). */
  readonly named?: string;
}

/** What stands on a target under a key. */
export interface ActualObject {
  /** Without what the server adds. */
  readonly body: Value;
  /** Object digest of the body. */
  readonly digest: string;
  /** What its `_meta` says of who put it there, where the type can say it. */
  readonly meta?: { readonly tool?: string; readonly release?: string; readonly digest?: string };
}
