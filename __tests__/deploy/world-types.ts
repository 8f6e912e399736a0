import { isObject, member, type Value } from '../../src/domain/document.ts';
import { keyText, type ObjectKey, type ResourceTypeId } from '../../src/domain/resource.ts';
import { Failure } from '../../src/errors.ts';
import type { ResourceType, ResourceTypes } from '../../src/resources/resource.ts';
import { digestOf, type Send } from './world-objects.ts';

/**
 * Five types with the ways that servers have: a model that may be too large to be saved, a script and a pipeline that
 * change in place, a job that is only replaced and put back in two requests, and a rule to which the server adds
 * something and which people switch on. As Elasticsearch does, the target refuses references to what is not there, and
 * the removal of what is referred to.
 */
export function worldTypes(objects: Map<string, Value>, users: ReadonlyMap<string, string>, send: Send): ResourceTypes {
  const usersOf = (key: ObjectKey): string[] => {
    const text = keyText(key);
    const others = [...objects].filter(([, body]) => usesOf(body).includes(text)).map(([user]) => user);
    const besides = users.get(text);
    return besides === undefined ? others : [...others, besides];
  };
  const put = (key: ObjectKey, body: Value): void => {
    const missing = usesOf(body).find((use) => !objects.has(use));
    if (missing !== undefined) throw new Failure('write-failed', `${keyText(key)} refers to ${missing}.`);
    objects.set(keyText(key), stored(key.type, body));
  };
  const take = (key: ObjectKey): void => {
    // A rule may point at a job that is gone; a pipeline may not point at nothing.
    const user = usersOf(key).find((text) => !text.startsWith('rule/'));
    if (user !== undefined) throw new Failure('write-failed', `${keyText(key)} is used by ${user}.`);
    objects.delete(keyText(key));
  };

  const typed = (type: ResourceTypeId, own: Partial<ResourceType>): [ResourceTypeId, ResourceType] => [
    type,
    {
      type,
      read: (id) =>
        send(`read ${type}/${id}`, () => {
          const body = objects.get(keyText({ type, id }));
          return body === undefined ? undefined : { body, digest: digestOf(body) };
        }),
      equal: (desired, actual) => desired.digest === actual.digest,
      change: () => 'update',
      create: (desired) =>
        send(`create ${keyText(desired)}`, () => {
          if (objects.has(keyText(desired))) throw new Failure('write-failed', `${keyText(desired)} exists.`);
          put(desired, desired.body);
        }),
      update: (desired) => send(`update ${keyText(desired)}`, () => put(desired, desired.body)),
      remove: (key) => send(`remove ${keyText(key)}`, () => take(key)),
      restore: (key, before) => send(`restore ${keyText(key)}`, () => put(key, before)),
      usedBy: (id) => send(`users ${type}/${id}`, () => usersOf({ type, id })),
      ...own,
    },
  ];

  return new Map([
    typed('model', { change: () => 'replace', restorable: ({ body }) => member(body, 'bulky') !== true }),
    typed('script', {}),
    typed('pipeline', {}),
    typed('job', {
      change: () => 'replace',
      restore: async (key, before) => {
        await send(`restore, remove ${keyText(key)}`, () => void objects.delete(keyText(key)));
        await send(`restore, put ${keyText(key)}`, () => put(key, before));
      },
    }),
    typed('rule', {
      tunable: true,
      equal: (desired, actual) => digestOf(untuned(stored('rule', desired.body))) === digestOf(untuned(actual.body)),
    }),
  ]);
}

function usesOf(body: Value): string[] {
  const uses = member(body, 'uses');
  return Array.isArray(uses) ? uses.map(String) : [];
}

/** What the server makes of a body. */
function stored(type: ResourceTypeId, body: Value): Value {
  return type === 'rule' && isObject(body) ? { enabled: false, server: 'adds this', ...body } : body;
}

function untuned(body: Value): Value {
  return isObject(body) ? { ...body, enabled: null } : body;
}
