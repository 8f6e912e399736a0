import { createHash } from 'node:crypto';
import { isObject, member, step, type Value } from '../../domain/document.ts';
import type { ScriptText } from '../../domain/script.ts';

// `inline` and `code` are older spellings of `source`, `stored` of `id` (Elasticsearch's `Script`, `StoredScriptSource`).
const sources = ['source', 'inline', 'code'];
const ids = ['id', 'stored'];

/**
 * What Elasticsearch reads as a script: a text, or an object with its source. One that names a stored script has no
 * text here; one that has neither is given without a source.
 * @param pointer of the value
 */
export function scriptTexts(value: Value, pointer: string, use: ScriptText['use']): ScriptText[] {
  if (typeof value === 'string') return [text(value, pointer, { options: false, use })];
  if (!isObject(value)) return [{ pointer, options: false, use }];
  const lang = member(value, 'lang');
  const options = member(value, 'options') ?? null;
  const how = {
    options: options !== null && !(isObject(options) && Object.keys(options).length === 0),
    use,
    ...(lang === undefined ? {} : { lang: typeof lang === 'string' ? lang : JSON.stringify(lang) }),
  };
  const held = sources.filter((key) => Object.hasOwn(value, key));
  if (held.length === 0 && ids.some((key) => Object.hasOwn(value, key))) return [];
  if (held.length === 0) return [{ pointer, ...how }];
  return held.map((key) => text(value[key] ?? null, step(pointer, key), how));
}

function text(source: Value, pointer: string, how: Omit<ScriptText, 'pointer'>): ScriptText {
  if (typeof source !== 'string') return { pointer, ...how };
  return { pointer, source, sha256: createHash('sha256').update(source).digest('hex'), ...how };
}
