import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { isArray, member, type Value } from '../../domain/document.ts';

/** Where a processor of ours stands, and which pipeline it calls. */
export interface AttachmentPlace {
  /** The pipeline of others that it stands in. */
  readonly holder: string;
  /** The pipeline of ours that it calls. */
  readonly called: string;
}

/** Id of an attachment, as plan and journal have it; no name of a pipeline that we attach to has a slash. */
export function attachmentId({ holder, called }: AttachmentPlace): string {
  return `${holder}/${called}`;
}

/** The parts of such an id; undefined where it is none. */
export function attachmentPlace(id: string): AttachmentPlace | undefined {
  const slash = id.indexOf('/');
  if (slash < 1 || slash === id.length - 1) return undefined;
  return { holder: id.slice(0, slash), called: id.slice(slash + 1) };
}

/** By its tag a processor is known as ours, whatever else people change in it. */
const tagOf = (called: string): string => `${tagStart}${called}`;

const tagStart = 'ml-detection-release:';

/** What an attachment is: the processors that there are to be, which is one. */
export function attachmentBody(called: string, ignoresMissing: boolean): Value {
  const missing = ignoresMissing ? { ignore_missing_pipeline: true } : {};
  return { processors: [{ pipeline: { name: called, ...missing, tag: tagOf(called) } }] };
}

/** Object digest of an attachment: of our processors alone, wherever they stand among those of others. */
export function attachmentDigest(body: Value): string {
  const processors = member(body, 'processors') ?? [];
  return createHash('sha256').update(canonicalJson(processors)).digest('hex');
}

/** Whether a processor of a pipeline is the one that calls this pipeline for us. */
export function isAttached(processor: Value | undefined, called: string): boolean {
  return tagIn(processor) === tagOf(called);
}

/** Whether it calls any pipeline for us. */
export function isAnyAttached(processor: Value | undefined): boolean {
  const tag = tagIn(processor);
  return typeof tag === 'string' && tag.startsWith(tagStart);
}

/** How many of a pipeline's own processors call this pipeline for us. */
export function attachedIn(pipeline: Value, called: string): number {
  const processors = member(pipeline, 'processors');
  return isArray(processors) ? processors.filter((processor) => isAttached(processor, called)).length : 0;
}

function tagIn(processor: Value | undefined): Value | undefined {
  return member(member(processor, 'pipeline'), 'tag');
}
