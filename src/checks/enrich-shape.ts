import { isArray, isObject, member, type Value } from '../domain/document.ts';
import { cut, datum } from './datum.ts';
import type { ShapeDefect } from './transform-shape.ts';

const sorts = ['match', 'geo_match', 'range'];
const known = ['indices', 'match_field', 'enrich_fields', 'query', 'name', 'elasticsearch_version'];

/** Where a body is none that a server takes for an enrich policy (`EnrichPolicy` of Elasticsearch: a strict parser). */
export function* enrichDefects(value: Value): Iterable<ShapeDefect> {
  if (!isObject(value)) {
    yield { pointer: '', message: `An enrich policy must be an object, and this is ${datum(value)}.` };
    return;
  }
  const keys = Object.keys(value);
  const [sort = ''] = keys;
  if (keys.length !== 1 || !sorts.includes(sort)) {
    const found = keys.length === 0 ? 'none' : keys.map((key) => `\`${cut(key)}\``).join(', ');
    yield {
      pointer: '',
      message: `A policy has one key, \`match\`, \`geo_match\` or \`range\`; this one has ${found}.`,
    };
    return;
  }
  const body = member(value, sort);
  const here = `/${sort}`;
  if (!isObject(body)) {
    yield { pointer: here, message: `\`${sort}\` must be an object, and is ${datum(body ?? null)}.` };
    return;
  }
  for (const key of Object.keys(body).filter((name) => !known.includes(name))) {
    yield { pointer: here, message: `\`${cut(key)}\` is no member of a policy.` };
  }
  for (const name of ['indices', 'match_field', 'enrich_fields']) {
    const part = body[name];
    const isList = isArray(part) && part.length > 0 && part.every((item) => typeof item === 'string' && item !== '');
    const isText = typeof part === 'string' && part !== '';
    if (part === undefined) yield { pointer: here, message: `\`${sort}\` has no \`${name}\`.` };
    else if (!(isText || (isList && name !== 'match_field'))) {
      const wanted = name === 'match_field' ? 'a text' : 'a list of texts';
      yield { pointer: `${here}/${name}`, message: `\`${name}\` must be ${wanted}, and is ${datum(part)}.` };
    }
  }
}

/** Why a text cannot be the name of a policy, from which the name of its index is made; undefined where it can. */
export function policyNameDefect(name: string): string | undefined {
  if (name.toLowerCase() !== name) return 'it holds upper-case letters';
  if (/^[_.+-]/.test(name)) return `it begins with \`${name[0]}\``;
  const stranger = [...name].find((character) => /[\s"*+,/\\<>?|#:]/.test(character));
  return stranger === undefined ? undefined : `it holds ${JSON.stringify(stranger)}`;
}
