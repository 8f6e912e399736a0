import type { Value } from '../../domain/document.ts';
import { openedTexts } from '../../domain/nested-json.ts';
import type { ScriptText } from '../../domain/script.ts';
import { searchScripts } from './search.ts';

/**
 * The programs anywhere in saved objects: scripted fields and runtime fields of data views, queries and aggregations of
 * what is drawn. Kibana keeps much of an object as JSON in a text; a program in one stands at that text.
 */
export function savedObjectScripts(document: Value): ScriptText[] {
  return openedTexts(document).flatMap(({ value, pointer: text }) =>
    searchScripts(value).map(({ pointer, ...program }) => ({ pointer: text === '' ? pointer : text, ...program })),
  );
}
