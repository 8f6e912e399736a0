import { isArray, isObject, member, type Value } from '../../domain/document.ts';
import type { ActualObject } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { ResourceType } from '../resource.ts';
import { type AttachmentPlace, attachmentDigest, attachmentPlace } from './attached-processor.ts';
import type { Elasticsearch } from './elasticsearch.ts';
import {
  type Holder,
  handedOver,
  holderText,
  inserted,
  isEmptyOfOthers,
  isMade,
  ownProcessors,
  pipelinePath,
  readHolder,
  requireOpen,
  without,
} from './holder.ts';
import { atFile } from './refused.ts';
import { sendersThrough } from './senders.ts';
import { pipelinesNeeding } from './users.ts';

/**
 * Processors of ours in pipelines of others (`…@custom` of Elastic Agent): each calls a pipeline of ours. The object is
 * the processor alone, known by its tag; all else in the pipeline stays as its text is, whoever changes it and when. The
 * pipeline is read right before it is written; no server offers a lock for one without a version.
 */
export function attachments({ client }: Elasticsearch): ResourceType {
  const put = async (id: string, holder: Holder): Promise<void> => {
    await client.send({ method: 'PUT', path: pipelinePath(id), body: holderText(holder) });
  };
  const insert = async (id: string, body: Value, places: Value | undefined, isNew = false): Promise<void> => {
    const place = placeOf(id);
    const holder = await readHolder(client, place.holder);
    if (isNew) requireOpen(place.holder, holder);
    const last = holder?.processors.length ?? 0;
    const own = textsOf(body).map((text, index) => ({ text, at: numberIn(places, index) ?? last }));
    await put(place.holder, inserted(holder, place.called, own, member(body, 'made') === true));
  };
  /** Documents that are sent through a pipeline which is gone are refused. */
  const isUsed = async (id: string): Promise<boolean> => {
    const users = await Promise.all([pipelinesNeeding(client, id), sendersThrough(client, id)]);
    return users.flat().length > 0;
  };
  return {
    type: 'attachment',
    async read(id): Promise<ActualObject | undefined> {
      const place = attachmentPlace(id);
      const holder = place === undefined ? undefined : await readHolder(client, place.holder);
      if (place === undefined || holder === undefined) return undefined;
      const own = ownProcessors(holder, place.called);
      if (own.length === 0) return undefined;
      // Beside the processors, and outside the digest, what puts them back exactly.
      const body: Value = {
        processors: own.map(({ text }) => JSON.parse(text)),
        texts: own.map(({ text }) => text),
        places: own.map(({ at }) => at),
        ...(isMade(holder) ? { made: true } : {}),
      };
      return { body, digest: attachmentDigest(body) };
    },
    equal: (desired, actual) => desired.digest === actual.digest,
    differing: () => ['processors'],
    change: () => 'update',
    create: (desired) => atFile(desired, () => insert(desired.id, desired.body, undefined, true)),
    update: (desired, before) => {
      return atFile(desired, () => insert(desired.id, desired.body, member(before.body, 'places')));
    },
    async remove({ id }) {
      const place = placeOf(id);
      const holder = await readHolder(client, place.holder);
      if (holder === undefined || ownProcessors(holder, place.called).length === 0) return;
      const left = without(holder, place.called);
      if (!isEmptyOfOthers(left) || (await isUsed(place.holder))) {
        return await put(place.holder, handedOver(left));
      }
      await client.send({ method: 'DELETE', path: pipelinePath(place.holder) }, [404]);
    },
    restore: ({ id }, before) => insert(id, before, member(before, 'places')),
  };
}

function placeOf(id: string): AttachmentPlace {
  const place = attachmentPlace(id);
  if (place !== undefined) return place;
  throw new Failure('internal', `\`${safe(id)}\` names no attachment.`);
}

/** The processors of a body, as they were read, or as we write them. */
function textsOf(body: Value): string[] {
  const [texts, processors] = [member(body, 'texts'), member(body, 'processors')];
  if (isArray(texts)) return texts.filter((text) => typeof text === 'string');
  return isArray(processors) ? processors.filter(isObject).map((processor) => JSON.stringify(processor)) : [];
}

function numberIn(places: Value | undefined, index: number): number | undefined {
  const at = isArray(places) ? places[index] : undefined;
  return typeof at === 'number' ? at : undefined;
}
