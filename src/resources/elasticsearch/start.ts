import { keyText, type ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { TargetClient } from '../http/client.ts';
import { startAnalytics } from './data-frame-analytics.ts';
import { startDatafeed } from './datafeed.ts';
import { openJob } from './job.ts';
import { startTransform } from './transform.ts';

/** How far objects are to be brought. To start is more than to open. */
export interface StartOptions {
  readonly open?: boolean;
  readonly start?: boolean;
}

/** What there is to open and start, jobs before the datafeeds that need them. */
export function startable(objects: readonly ObjectKey[], { open, start }: StartOptions): ObjectKey[] {
  const types =
    start === true ? ['job', 'datafeed', 'data-frame-analytics', 'transform'] : open === true ? ['job'] : [];
  return types.flatMap((type) => objects.filter((object) => object.type === type));
}

/**
 * Opens jobs and starts what feeds them. It is no part of a deployment, and is not undone: it changes no body, and what
 * runs already is left alone, so that the same command again does what is left.
 * @param objects by `startable`
 * @returns what it set going
 * @throws Failure `start-failed` at the first that cannot be
 */
export async function startObjects(client: TargetClient, objects: readonly ObjectKey[]): Promise<ObjectKey[]> {
  const started: ObjectKey[] = [];
  for (const object of objects) {
    try {
      if (await startObject(client, object)) started.push(object);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const message = `\`${safe(keyText(object))}\` stands on the target and does not run: ${error.message}`;
      throw new Failure('start-failed', message, { cause: error });
    }
  }
  return started;
}

function startObject(client: TargetClient, { type, id }: ObjectKey): Promise<boolean> {
  if (type === 'job') return openJob(client, id);
  if (type === 'transform') return startTransform(client, id);
  return type === 'datafeed' ? startDatafeed(client, id) : startAnalytics(client, id);
}
