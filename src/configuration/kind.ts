import { isArray, isObject, member, type ObjectValue, type Value } from '../domain/document.ts';
import type { Definition, FormatId, Kind, Role } from '../domain/kind.ts';
import { spaces } from '../domain/reference.ts';
import { formats } from '../formats/formats.ts';
import { patternDefect } from '../kinds/pattern.ts';

/** Why a kind cannot be used. */
export interface KindDefect {
  /** Pointer below the kind. */
  readonly pointer: string;
  readonly message: string;
}

/**
 * What a kind shares with those that were there before it, built-in ones included: a name must mean one kind, and the
 * numbers of a family are counted together.
 */
export function sharedWith(kind: Kind, others: readonly Kind[]): KindDefect | undefined {
  for (const key of ['id', 'family'] as const) {
    const other = others.find((candidate) => candidate[key].toLowerCase() === kind[key].toLowerCase());
    if (other === undefined) continue;
    return { pointer: `/${key}`, message: `Another kind (\`${other.id}\`) has the ${key} \`${kind[key]}\` already.` };
  }
  const roles = kind.roles.map(({ id }) => id);
  const at = roles.findIndex((id, index) => roles.indexOf(id) !== index);
  if (at < 0) return undefined;
  return { pointer: `/role/${at}/id`, message: `Another role of the kind has the id \`${roles[at]}\` already.` };
}

/** Reads a kind from the configuration; the schema has settled types and words before. */
export function readKind(row: ObjectValue): Kind | KindDefect {
  const roles: Role[] = [];
  for (const [index, value] of list(row['role']).entries()) {
    const patterns = [text(value, 'pattern'), ...texts(member(value, 'aliases'))];
    for (const pattern of patterns) {
      const defect = patternDefect(pattern);
      if (defect !== undefined) {
        return { pointer: `/role/${index}/pattern`, message: `The pattern \`${pattern}\` cannot be used: ${defect}.` };
      }
    }
    roles.push(readRole(value));
  }
  return {
    id: text(row, 'id'),
    family: text(row, 'family'),
    title: text(row, 'title'),
    unexpected: row['unexpected'] === 'warning' ? 'warning' : 'error',
    ...(row['shared-id'] === true ? { sharedCapture: true } : {}),
    roles,
  };
}

function readRole(value: Value): Role {
  const aliases = texts(member(value, 'aliases'));
  const nesting = texts(member(value, 'nesting'));
  const defines = list(member(value, 'defines')).map(readDefinition);
  return {
    id: text(value, 'id'),
    pattern: text(value, 'pattern'),
    format: formatOf(text(value, 'format')),
    count: countOf(text(value, 'count')),
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(nesting.length > 0 ? { nesting } : {}),
    ...(defines.length > 0 ? { defines } : {}),
  };
}

function readDefinition(value: Value): Definition {
  const space = spaces.find((name) => name === text(value, 'space')) ?? 'model';
  const entryPoint = member(value, 'entry-point') === true ? { entryPoint: true as const } : {};
  return { space, id: text(value, 'id'), ...entryPoint };
}

function formatOf(word: string): FormatId {
  return isFormat(word) ? word : 'opaque';
}

function isFormat(word: string): word is FormatId {
  return Object.hasOwn(formats, word);
}

function countOf(word: string): Role['count'] {
  return word === 'one' || word === 'some' || word === 'optional' ? word : 'any';
}

function list(value: Value | undefined): ObjectValue[] {
  return isArray(value) ? value.filter(isObject) : [];
}

function text(value: Value | undefined, key: string): string {
  const found = member(value, key);
  return typeof found === 'string' ? found : '';
}

function texts(value: Value | undefined): string[] {
  return isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
