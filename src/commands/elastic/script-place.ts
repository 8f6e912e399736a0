import type { Bundle } from '../../domain/bundle.ts';
import { safe } from '../../domain/safe.ts';
import type { ScriptPlace } from '../../resources/elasticsearch/script.ts';

// An escape of JSON stands for one UTF-16 unit: six characters, or two.
const unit = /\\u[\da-fA-F]{4}|\\.|[^\\]/sy;

/** Finds a place of a script's source in the JSON file that carries it. */
export function scriptPlaces(bundle: Bundle): ScriptPlace {
  return async ({ file }, offset) => {
    const entry = bundle.entries.find(({ path }) => path === file);
    const span = await entry?.document?.locate('/script/source');
    const text = span === undefined ? undefined : entry?.line?.(span.line);
    if (span === undefined || text === undefined) return safe(file);
    return `${safe(file)}:${span.line}:${columnOf(text, span.column, offset)}`;
  };
}

/**
 * The column (1-based, UTF-16 units) of a unit of a string's value in the line that holds its JSON text.
 * @param column of the opening quote
 */
export function columnOf(line: string, column: number, offset: number): number {
  unit.lastIndex = column;
  for (let left = offset; left > 0; left -= 1) {
    if (line[unit.lastIndex] === '"' || unit.exec(line) === null) break;
  }
  return (unit.lastIndex || column) + 1;
}
