import { isArray, isObject, step, type Value } from '../../domain/document.ts';
import { createLocator } from './locate.ts';

/**
 * The members of an object, each as the text writes it: so a part can be exchanged while all others stay to the letter,
 * also numbers that no double holds.
 * @param text JSON of an object, as `JSON.parse` takes it
 * @returns none where it is no object
 */
export function memberTexts(text: string): Map<string, string> {
  const value: Value = JSON.parse(text);
  const locate = createLocator(text);
  const keys = isObject(value) ? Object.keys(value) : [];
  return new Map(keys.map((key) => [key, sliced(text, locate(step('', key), 'value'))]));
}

/** The elements of an array in the same way; none where the text is no array. */
export function elementTexts(text: string): string[] {
  const value: Value = JSON.parse(text);
  const locate = createLocator(text);
  return isArray(value) ? value.map((_, index) => sliced(text, locate(step('', index), 'value'))) : [];
}

/** The text of an object with these members. */
export function objectText(members: ReadonlyMap<string, string>): string {
  return `{${[...members].map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`;
}

/** The text of an array with these elements. */
export function arrayText(elements: readonly string[]): string {
  return `[${elements.join(',')}]`;
}

function sliced(text: string, range: { readonly start: number; readonly end: number } | undefined): string {
  return range === undefined ? '' : text.slice(range.start, range.end);
}
