import { isObject, member, type Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { arrayText, elementTexts, memberTexts, objectText } from '../../formats/json/pieces.ts';
import { withoutServerFields } from '../../formats/object-body.ts';
import type { TargetClient } from '../http/client.ts';
import { isAnyAttached, isAttached } from './attached-processor.ts';

/** A pipeline of others, in which a processor of ours stands or shall: its parts as the server writes them. */
export interface Holder {
  /** Everything but the processors, without what the server adds. */
  readonly members: ReadonlyMap<string, string>;
  readonly processors: readonly string[];
}

/** A processor of ours and its place among the others. */
interface OwnProcessor {
  readonly text: string;
  readonly at: number;
}

// By it a pipeline is known as made by us: every server takes a description, and older ones no `_meta`.
const description = 'Made by ml-detection-release, which takes it away again when nothing else is in it.';

/** Address of a pipeline. */
export const pipelinePath = (id: string): string[] => ['_ingest', 'pipeline', id];

/** Reads a pipeline to the letter; undefined where there is none. @throws Failure the client's */
export async function readHolder(client: TargetClient, id: string): Promise<Holder | undefined> {
  const { value, text } = await client.send({ method: 'GET', path: pipelinePath(id) }, [404]);
  const found = member(value, id);
  if (!isObject(found)) return undefined;
  const members = memberTexts(memberTexts(text).get(id) ?? '{}');
  const processors = elementTexts(members.get('processors') ?? '[]');
  const own = withoutServerFields('elastic-pipeline', found);
  const kept = [...members].filter(([key]) => {
    return key === '_meta' || (member(own, key) !== undefined && key !== 'processors');
  });
  return { members: new Map(kept), processors };
}

/** The body that stores a pipeline. */
export function holderText({ members, processors }: Holder): string {
  return objectText(new Map([...members, ['processors', arrayText(processors)]]));
}

/** Our processors in it that call a pipeline: one, but where people copied it. */
export function ownProcessors({ processors }: Holder, called: string): OwnProcessor[] {
  return processors.flatMap((text, at) => (isAttached(parsed(text), called) ? [{ text, at }] : []));
}

/**
 * A pipeline with these processors of ours in place of those that it has, the first places first; with a description of
 * ours where there was none or none of it is left.
 * @param made whether the pipeline was made by us
 */
export function inserted(
  holder: Holder | undefined,
  called: string,
  own: readonly OwnProcessor[],
  made: boolean,
): Holder {
  const { members, processors } = without(holder ?? { members: new Map(), processors: [] }, called);
  const placed = own.reduce<readonly string[]>((all, { text, at }) => all.toSpliced(at, 0, text), processors);
  const signed = holder === undefined || (made && !members.has('description'));
  return {
    members: signed ? new Map([['description', JSON.stringify(description)], ...members]) : members,
    processors: placed,
  };
}

/** A pipeline without our processors that call a pipeline. */
export function without({ members, processors }: Holder, called: string): Holder {
  return { members, processors: processors.filter((text) => !isAttached(parsed(text), called)) };
}

/** Whether it says that we made it. */
export function isMade({ members }: Holder): boolean {
  const said = members.get('description');
  return said !== undefined && parsed(said) === description;
}

/** Whether we made it, and nothing is in it. */
export function isEmptyOfOthers(holder: Holder): boolean {
  return isMade(holder) && holder.members.size === 1 && holder.processors.length === 0;
}

/** What is left of a pipeline that others use by now: it does not say any more that we will take it away. */
export function handedOver(holder: Holder): Holder {
  if (!isMade(holder) || holder.processors.some((text) => isAnyAttached(parsed(text)))) return holder;
  const members = new Map(holder.members);
  members.delete('description');
  return { ...holder, members };
}

/**
 * That people may add to a pipeline: what Fleet manages it writes anew with every upgrade, but for `@custom` pipelines.
 * @throws Failure `target-unchangeable`
 */
export function requireOpen(id: string, holder: Holder | undefined): void {
  const meta = parsed(holder?.members.get('_meta') ?? 'null');
  if (id.endsWith('@custom') || member(meta, 'managed') !== true) return;
  const by = member(meta, 'managed_by');
  const who = typeof by === 'string' ? ` by ${safe(by)}` : '';
  throw new Failure('target-unchangeable', `The pipeline \`${safe(id)}\` is managed${who}, which writes it anew.`, {
    help: 'Attach to the pipeline that it calls for people’s own processors: the one whose name ends in `@custom`.',
  });
}

function parsed(text: string): Value {
  return JSON.parse(text);
}
