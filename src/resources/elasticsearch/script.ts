import { isObject, member, type Value } from '../../domain/document.ts';
import type { ActualObject, DesiredObject } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { objectDigest } from '../../formats/object-body.ts';
import type { ResourceType } from '../resource.ts';
import type { Elasticsearch } from './elasticsearch.ts';
import { elasticReason, scriptFault } from './reason.ts';
import { atFile } from './refused.ts';
import { pipelinesUsing, transformsUsing } from './users.ts';

const path = (id: string) => ['_scripts', id];

/** `file:line:column` of an offset in the source of a script; the file alone where it cannot be told. */
export type ScriptPlace = (desired: DesiredObject, offset: number) => Promise<string>;

/** Stored scripts. A script has no `_meta` and no place for a lock: whose it is, the journal knows. */
export function scripts({ client }: Elasticsearch, placeOf: ScriptPlace): ResourceType {
  /** In a context the server compiles it at once (elastic.md §6.1); without one it takes anything. */
  const put = (desired: DesiredObject): Promise<void> => {
    return atFile(desired, async () => {
      const request = {
        method: 'PUT',
        path: [...path(desired.id), ...(desired.context === '' ? [] : [desired.context ?? 'ingest'])],
        body: JSON.stringify(desired.body),
      } as const;
      const { status, value } = await client.send(request, [400]);
      if (status === 400) throw await refusal(desired, value, placeOf);
    });
  };
  return {
    type: 'script',
    async read(id): Promise<ActualObject | undefined> {
      const { value } = await client.send({ method: 'GET', path: path(id) }, [404]);
      const script = member(value, 'script');
      if (!isObject(script)) return undefined;
      const body = { script };
      return { body, digest: objectDigest('elastic-script', body) };
    },
    equal: (desired, actual) => desired.digest === actual.digest,
    change: () => 'update',
    create: put,
    update: put,
    async remove({ id }) {
      await client.send({ method: 'DELETE', path: path(id) }, [404]);
    },
    // What stood there may be a script of another context.
    async restore({ id }, before) {
      await client.send({ method: 'PUT', path: path(id), body: JSON.stringify(before) });
    },
    usedBy: async (id) => {
      const users = [pipelinesUsing(client, 'script', id), transformsUsing(client, 'script', id)];
      return (await Promise.all(users)).flat();
    },
  };
}

async function refusal(desired: DesiredObject, value: Value | undefined, placeOf: ScriptPlace): Promise<Failure> {
  const reason = elasticReason(value) ?? 'it does not say why';
  const fault = scriptFault(value);
  if (fault === undefined)
    return new Failure('target-refused', `The script \`${safe(desired.id)}\`: ${safe(reason, 1000)}.`);
  const place = await placeOf(desired, fault.offset);
  const shown = fault.shown.map((line) => `\n${safe(line)}`).join('');
  return new Failure(
    'script-refused',
    `${place}: \`${safe(desired.id)}\` does not compile: ${safe(reason, 1000)}.${shown}`,
  );
}
