import { isArray, isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';
import type { DesiredObject, ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { objectBody, objectDigest } from '../../formats/object-body.ts';
import { enrichSorts } from '../../formats/references/enrich-policy.ts';
import type { ResourceType } from '../resource.ts';
import type { Elasticsearch } from './elasticsearch.ts';
import { asDesired } from './learning.ts';
import { atFile } from './refused.ts';
import { pipelinesUsing } from './users.ts';

const path = (id: string, ...action: readonly string[]) => ['_enrich', 'policy', id, ...action];

/**
 * Enrich policies. One is executed when it is put there, since no pipeline that uses it can be stored before; what it
 * copied is as old as that, until somebody executes it again. A policy cannot be changed: an update puts another one
 * beside it under an id of its own.
 */
export function enrichPolicies({ client }: Elasticsearch): ResourceType {
  async function config(id: string): Promise<ObjectValue | undefined> {
    const { value } = await client.send({ method: 'GET', path: path(id) }, [404]);
    const list = member(value, 'policies');
    const found = (isArray(list) ? list : []).map((each) => member(each, 'config')).find((each) => nameOf(each) === id);
    return isObject(found) ? found : undefined;
  }

  async function remove({ id }: ObjectKey): Promise<void> {
    await client.send({ method: 'DELETE', path: path(id) }, [404]);
  }

  /** @throws Failure `target-changed` where there is one by now, `target-refused` */
  function put(desired: DesiredObject): Promise<void> {
    const { id, body } = desired;
    return atFile(desired, async () => {
      try {
        await client.send({ method: 'PUT', path: path(id), body: JSON.stringify(body) });
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'target-refused') throw error;
        if ((await config(id)) === undefined) throw error;
        throw new Failure('target-changed', `\`${safe(id)}\` was put there meanwhile. ${error.message}`);
      }
      await client.send({ method: 'POST', path: path(id, '_execute') });
    });
  }

  return {
    type: 'enrich-policy',
    async read(id) {
      const found = await config(id);
      if (found === undefined) return undefined;
      const body = unnamed(found);
      return { body, digest: objectDigest('elastic-enrich-policy', body) };
    },
    equal: (desired, actual) => digestOf(desired.body) === actual.digest,
    change: () => 'replace',
    remade: true,
    create: put,
    remove,
    async restore(key, before) {
      const standing = await config(key.id);
      if (standing !== undefined && digestOf(unnamed(standing)) === digestOf(before)) return;
      if (standing !== undefined) await remove(key);
      await put(asDesired(key, before));
    },
    usedBy: (id) => pipelinesUsing(client, 'enrich-policy', id),
  };
}

function digestOf(body: Value): string {
  return objectDigest('elastic-enrich-policy', objectBody('elastic-enrich-policy', body) ?? body);
}

function nameOf(config: Value | undefined): Value | undefined {
  return enrichSorts.map((sort) => member(member(config, sort), 'name')).find((name) => name !== undefined);
}

/** As an author writes it: without what the server noted beside it. */
function unnamed(config: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(config).map(([sort, policy]): [string, Value] => {
      if (!isObject(policy)) return [sort, policy];
      const own = Object.entries(policy).filter(([key]) => key !== 'name' && key !== 'elasticsearch_version');
      return [sort, Object.fromEntries(own)];
    }),
  );
}
