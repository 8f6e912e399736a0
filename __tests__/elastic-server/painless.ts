import { createHash } from 'node:crypto';
import { Refusal } from './exchange.ts';
import { ngrams } from './golden.ts';
import { at, isObject, type Json, type JsonObject, listOr, objectOr } from './json.ts';

/** Fields of a document on its way through a pipeline. */
export type Fields = Record<string, Json>;

/** A script's effect on a document. */
export type Program = (ctx: Fields, params: JsonObject) => void;

/** The stand-in has no Painless: a script that it does not know is said loudly, never passed over. */
export class CannotRun extends Error {}

/** What the script `dga_ngrams_create` of our bundles does. */
function ngramsCreate(ctx: Fields, params: JsonObject): void {
  const name = String(at(ctx['dns'], 'question', 'registered_domain')).toLowerCase();
  const dot = name.indexOf('.');
  const label = dot >= 0 ? name.slice(0, dot) : name;
  ctx['dga_len'] = label.length;
  ctx['dga_tld'] = dot >= 0 ? name.slice(dot + 1) : '';
  Object.assign(ctx, ngrams(label, Number(params['ngram_count']), Number(params['limit'])));
}

/** What the script `dga_ngrams_transform_delete` of our bundles does. */
function ngramsTransformDelete(ctx: Fields, params: JsonObject): void {
  for (let place = 0; place < Number(params['limit']); place += 1) delete ctx[`dga_${params['ngram_count']}_${place}`];
  delete ctx['dga_len'];
  delete ctx['dga_tld'];
  const result = ctx['ml_is_dga'];
  if (!isObject(result)) return;
  const { top_classes: top, prediction_probability: _, prediction_score: __, ...prediction } = result;
  const malicious = listOr(top).find((entry) => Number(at(entry, 'class_name')) === 1);
  ctx['ml_is_dga'] =
    malicious === undefined
      ? prediction
      : { ...prediction, malicious_probability: objectOr(malicious)['class_probability'] ?? null };
}

/** By the digest of the source without comments and blanks. */
const known: ReadonlyMap<string, Program> = new Map([
  ['c7d230a8573d6b2f7beee893f90e4db2a8e791de045bc25c77f72173aaaf2030', ngramsCreate],
  ['587fd35faed5da079b0e5feafdf54078a6cae9b283572c2d802bcf770380252a', ngramsTransformDelete],
]);

function digestOf(source: string): string {
  const bare = source.replaceAll(/\/\/[^\n]*/g, '').replaceAll(/\s+/g, '');
  return createHash('sha256').update(bare).digest('hex');
}

/** The effect of a source. */
export function programOf(source: string, more: Readonly<Record<string, Program>>): Program {
  const program = more[source] ?? known.get(digestOf(source));
  if (program === undefined) throw new CannotRun(`the stand-in does not know this script: ${source.slice(0, 200)}`);
  return program;
}

const clause = /^(!?)\s*ctx((?:\??\.\w+)+?)(?:\.(isEmpty)\(\)|\s*(==|!=)\s*(null|true|false|-?\d+(?:\.\d+)?|'[^']*'))$/;

/** Whether a processor's `if` holds: comparisons of fields, joined by `&&` or by `||`. */
export function conditionHolds(text: string, ctx: Fields, more: Readonly<Record<string, Program>>): boolean {
  const written = more[text];
  if (written !== undefined) {
    const probe: Fields = { ...ctx };
    written(probe, {});
    return probe['_condition'] === true;
  }
  const [joint, every] = text.includes('||') ? ['||', false] : ['&&', true];
  const holds = (part: string): boolean => {
    const match = clause.exec(part.trim());
    if (match === null) throw new CannotRun(`the stand-in does not know this condition: ${text}`);
    const [, not, path = '', isEmpty, operator, literal = 'null'] = match;
    const value = at(ctx, ...path.split(/\??\./).filter((key) => key !== '')) ?? null;
    if (isEmpty !== undefined) return (value === '') !== (not === '!');
    const wanted = literal.startsWith("'") ? literal.slice(1, -1) : (JSON.parse(literal) as Json);
    return (value === wanted) === (operator === '==');
  };
  const parts = text.split(joint);
  return every ? parts.every(holds) : parts.some(holds);
}

/** The 400 of a source that does not compile, in the words of 7.10.2; undefined where nothing is seen to be wrong. */
export function compileRefusal(source: string, more: JsonObject = {}): Refusal | undefined {
  const problem = problemOf(source);
  if (problem === undefined) return undefined;
  const [offset, reason] = problem;
  const [start, end] = [Math.max(0, offset - 25), Math.min(source.length, offset + 25)];
  const [head, tail] = [start > 0 ? '... ' : '', end < source.length ? ' ...' : ''];
  const detail = {
    type: 'script_exception',
    reason: 'compile error',
    ...more,
    script_stack: [
      `${head}${source.slice(start, end)}${tail}`,
      `${' '.repeat(offset - start + head.length)}^---- HERE`,
    ],
    script: source,
    lang: 'painless',
    position: { offset, start, end },
    caused_by: {
      type: 'illegal_argument_exception',
      reason,
      caused_by: { type: 'no_viable_alt_exception', reason: null },
    },
  };
  return new Refusal(400, detail);
}

const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** What a reader without a grammar sees: brackets that do not close, an operator with nothing after it. */
function problemOf(source: string): [offset: number, reason: string] | undefined {
  const open: string[] = [];
  let before = '';
  const tokens = /\/\/[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\s+|\w+|\+\+|--|[^\s\w]/g;
  for (const { 0: token, index } of source.matchAll(tokens)) {
    if (/^(\/\/|\s)/.test(token)) continue;
    if (/^["']$/.test(token)) return [index, `unexpected character [${source.slice(index)}].`];
    if (/^[([{]$/.test(token)) open.push(token);
    const wants = closing[token];
    if (wants !== undefined && open.pop() !== wants) return [index, `invalid sequence of tokens near ['${token}'].`];
    if (/^[;)\]}]$/.test(token) && /^[=+\-*/%<>&|!?:,.]$/.test(before))
      return [index, `invalid sequence of tokens near ['${token}'].`];
    before = token;
  }
  if (open.length === 0 && !/^[=+\-*/%<>&|!?:,.]$/.test(before)) return undefined;
  return [source.length, 'unexpected end of script.'];
}
