import { canonicalJson } from '../../domain/canonical-json.ts';
import { isArray, isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';
import type { ActualObject } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { savedObjectPlace } from '../../domain/saved-object-key.ts';
import { Failure } from '../../errors.ts';
import { savedObjectDigest } from '../../formats/saved-object-digest.ts';
import { atFile } from '../elasticsearch/refused.ts';
import type { TargetClient } from '../http/client.ts';
import type { ResourceType } from '../resource.ts';
import { importForm } from './import-form.ts';
import type { Kibana } from './kibana.ts';
import { importable, isMigrated, savedObjectDifferences } from './saved-object-shape.ts';

const collection = ['api', 'saved_objects'];

/**
 * Saved objects of Kibana, each imported by itself under its own id. Kibana may migrate what it takes: what it made of
 * an object that we just imported is that object, and in later releases the journal says whether the file changed.
 * @param open connects to Kibana when the first object is looked at
 */
export function savedObjects(open: () => Promise<Kibana>): ResourceType {
  async function read(key: string): Promise<ActualObject | undefined> {
    const place = savedObjectPlace(key);
    if (place === undefined) return undefined;
    const { space, type, id } = place;
    const client = (await open()).at(space);
    const { value } = await client.send({ method: 'GET', path: [...collection, type, id] }, [404]);
    if (member(value, 'type') !== type || member(value, 'id') !== id || value === undefined) return undefined;
    const body = importable(value);
    return { body, digest: savedObjectDigest(body) };
  }

  async function write(key: string, body: Value, overwrite: boolean): Promise<void> {
    const { space, type, id } = savedObjectPlace(key) ?? { space: '', type: '', id: '' };
    const client = (await open()).at(space);
    await importObject(client, { ...objectOf(body), type, id }, overwrite);
  }

  return {
    type: 'saved-object',
    exclusive: true,
    read,
    equal: (desired, actual) => savedObjectDifferences(desired.body, actual.body).length === 0,
    made: (desired, actual) => isMigrated(desired.body, actual.body),
    differing: (desired, actual) => savedObjectDifferences(desired.body, actual.body),
    merge(desired, actual, base, held) {
      const same = base !== undefined && canonicalJson(base) === canonicalJson(desired.wants ?? desired.body);
      // What neither the release nor anybody else changed is as wanted, however Kibana migrated it.
      const asBefore = same && held === actual.digest;
      const merged = asBefore ? { ...desired, body: actual.body, digest: actual.digest } : desired;
      return { desired: merged, kept: [], ignored: [], conflicts: [] };
    },
    change: () => 'update',
    create: (desired) => atFile(desired, () => write(desired.id, desired.body, false)),
    update: (desired) => atFile(desired, () => write(desired.id, desired.body, true)),
    async remove({ id: key }) {
      const place = savedObjectPlace(key);
      if (place === undefined) return;
      const client = (await open()).at(place.space);
      await client.send({ method: 'DELETE', path: [...collection, place.type, place.id] }, [404]);
    },
    restore: ({ id }, before) => write(id, before, true),
  };
}

/** @throws Failure `target-changed` where one stands there by now, `target-refused` with Kibana's reason */
async function importObject(client: TargetClient, object: ObjectValue, overwrite: boolean): Promise<void> {
  const { value } = await client.send({
    method: 'POST',
    path: [...collection, '_import'],
    query: { overwrite: String(overwrite) },
    ...importForm(`${JSON.stringify(object)}\n`),
  });
  const name = `\`${safe(`${String(object['type'])}/${String(object['id'])}`)}\``;
  const errors = member(value, 'errors');
  const reasons = (isArray(errors) ? errors : []).map((each) => reasonOf(member(each, 'error')));
  if (reasons.length > 0) {
    const there = !overwrite && reasons.some(({ type }) => type.endsWith('conflict'));
    const why = reasons.map(({ text }) => text).join('; ');
    throw new Failure(there ? 'target-changed' : 'target-refused', `The saved object ${name} is not taken: ${why}.`);
  }
  if (member(value, 'success') !== true) {
    throw new Failure(
      'target-answer-invalid',
      'The answer to an import of saved objects does not say what became of it.',
    );
  }
  await requireOwnId(client, object, value, name);
}

/** In a space beside one that has an object of this id, Kibana gives another id, which nothing refers to. */
async function requireOwnId(client: TargetClient, object: ObjectValue, value: Value | undefined, name: string) {
  const results = member(value, 'successResults');
  for (const result of isArray(results) ? results : []) {
    const other = member(result, 'destinationId');
    if (typeof other !== 'string' || other === object['id']) continue;
    await client.send({ method: 'DELETE', path: [...collection, String(object['type']), other] }, [404]);
    throw new Failure('target-refused', `Another space of Kibana has a saved object ${name} already.`, {
      help: 'Give it another id with --id-prefix: an id is there once in all spaces.',
    });
  }
}

function reasonOf(error: Value | undefined): { readonly type: string; readonly text: string } {
  const [type, message, references] = ['type', 'message', 'references'].map((key) => member(error, key));
  const known = typeof type === 'string' ? type : 'unknown';
  const missing = (isArray(references) ? references : []).map((each) => {
    return `\`${safe(`${String(member(each, 'type'))}/${String(member(each, 'id'))}`)}\``;
  });
  if (known === 'missing_references') return { type: known, text: `${missing.join(', ')} is not there` };
  if (known.endsWith('conflict')) return { type: known, text: 'there is one already' };
  if (known === 'unsupported_type') return { type: known, text: 'this Kibana has no such type' };
  return { type: known, text: typeof message === 'string' ? safe(message, 1000) : 'it does not say why' };
}

function objectOf(value: Value): ObjectValue {
  return isObject(value) ? value : {};
}
