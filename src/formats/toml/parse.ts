import { parse, TomlDate, TomlError, type TomlTableWithoutBigInt, type TomlValueWithoutBigInt } from 'smol-toml';
import type { Finding } from '../../domain/diagnostic.ts';
import { step, type Value } from '../../domain/document.ts';
import type { Lines } from '../text.ts';
import { syntaxFinding } from './syntax.ts';

/** What a TOML text holds, or why it is none. */
export type Parsed = Content | { readonly fault: Finding };

interface Content {
  /** Dates stand in it as ISO text. */
  readonly value: Value;
  /** Pointers of keys that change prototypes. */
  readonly forbidden: readonly string[];
  /** It holds a date or time outside of strings. */
  readonly dates: boolean;
  /** Pointer of the first value that lies deeper than allowed; then `value` is not complete. */
  readonly tooDeep?: string;
}

/**
 * Parses TOML with smol-toml.
 * @param depth tables and arrays allowed inside each other, the document itself not counted
 */
export function parseToml(text: string, file: string, lines: Lines, depth: number): Parsed {
  try {
    return contentOf(parse(text, { maxDepth: depth, integersAsBigInt: false }), depth);
  } catch (error) {
    if (error instanceof TomlError) return { fault: syntaxFinding(error, file, lines, depth) };
    throw error;
  }
}

function contentOf(table: TomlTableWithoutBigInt, depth: number): Content {
  const forbidden: string[] = [];
  let dates = false;
  let tooDeep: string | undefined;

  const convert = (item: TomlValueWithoutBigInt, pointer: string, level: number): Value => {
    if (typeof item !== 'object') return item;
    if (item instanceof TomlDate) {
      dates = true;
      return item.toISOString();
    }
    if (level > depth) {
      tooDeep ??= pointer;
      return null;
    }
    if (Array.isArray(item)) return item.map((element, index) => convert(element, step(pointer, index), level + 1));
    const members: Record<string, Value> = Object.create(null);
    for (const [key, member] of Object.entries(item)) {
      const at = step(pointer, key);
      if (key === '__proto__' || (key === 'prototype' && pointer.endsWith('/constructor'))) forbidden.push(at);
      members[key] = convert(member, at, level + 1);
    }
    return members;
  };

  const value = convert(table, '', 0);
  return tooDeep === undefined ? { value, forbidden, dates } : { value, forbidden, dates, tooDeep };
}
