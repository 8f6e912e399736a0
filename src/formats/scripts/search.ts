import { isArray, isObject, step, type Value } from '../../domain/document.ts';
import type { ScriptText } from '../../domain/script.ts';
import { scriptTexts } from './script-text.ts';

/** Keys whose value a search runs: `script`, and `init_script` and the like of aggregations. */
const named = /^_?(?:\w{1,40}_)?script$/i;
const program = ['source', 'inline', 'code', 'id', 'stored'];

interface Waiting {
  readonly key: string;
  readonly value: Value;
  readonly pointer: string;
}

/**
 * The programs anywhere in a body that searches (a job, a datafeed, a rule's filters): script fields, runtime
 * mappings, queries and aggregations. Wherever a text stands under a key for scripts, or a source beside a language,
 * it is taken for a program.
 */
export function searchScripts(body: Value): ScriptText[] {
  const found: ScriptText[] = [];
  // A list of its own instead of recursion: how deep a body nests is the file's choice.
  const waiting: Waiting[] = [{ key: '', value: body, pointer: '' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { key, value, pointer } = next;
    if (isProgram(key, value)) found.push(...scriptTexts(value, pointer, 'program'));
    // A query in base64 may hold any other, a script's too: what nobody can read has no source.
    if (key === 'wrapper' && isObject(value)) found.push({ pointer, options: false, use: 'program' });
    if (!isArray(value) && !isObject(value)) continue;
    for (const [name, item] of Object.entries(value)) {
      waiting.push({ key: isArray(value) ? key : name, value: item, pointer: step(pointer, name) });
    }
  }
  return found;
}

function isProgram(key: string, value: Value): boolean {
  if (typeof value === 'string') return named.test(key);
  if (!isObject(value)) return false;
  const held = program.some((name) => Object.hasOwn(value, name));
  return held && (named.test(key) || Object.hasOwn(value, 'lang'));
}
