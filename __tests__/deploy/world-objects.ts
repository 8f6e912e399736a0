import { createHash } from 'node:crypto';
import { canonicalJson } from '../../src/domain/canonical-json.ts';
import type { Value } from '../../src/domain/document.ts';
import type { DesiredObject, ObjectKey } from '../../src/domain/resource.ts';

/** Sends a request: `effect` happens at the target at one moment. */
export type Send = <T>(what: string, effect: () => T) => Promise<T>;

/** Object digest of a body. */
export function digestOf(body: Value): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}

/** An object as a bundle wants it; what its body `uses` is what it depends on. */
export function desiredObject(type: ObjectKey['type'], id: string, body: { [key: string]: Value }): DesiredObject {
  const uses = Array.isArray(body['uses']) ? body['uses'].map(String) : [];
  const dependsOn = uses.map((text) => keyOf(text));
  return { type, id, body, digest: digestOf(body), dependsOn, file: `${id}.json` };
}

/** The key that a `keyText` stands for. */
function keyOf(text: string): ObjectKey {
  const [type = '', id = ''] = text.split('/', 2);
  const known = ['model', 'script', 'pipeline', 'job', 'rule'] as const;
  const found = known.find((name) => name === type);
  if (found === undefined) throw new Error(`no key: ${text}`);
  return { type: found, id };
}
