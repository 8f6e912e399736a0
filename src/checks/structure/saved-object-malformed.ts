import { isArray, isObject, member, type Value } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';

/** A file as Kibana exports it: one saved object a line, and behind them a line that counts them. */
export const savedObjectMalformed = defineCheck({
  id: 'saved-object-malformed',
  severity: 'error',
  title: 'A line of an ndjson file is no saved object',
  help: 'Export the objects from Kibana again (Stack Management, Saved Objects, Export): one object a line.',
  run: (context) =>
    eachDocument(context, 'elastic-saved-objects', function* ({ value, at }) {
      const lines = isArray(value) ? value : [];
      if (!lines.some((line) => !isCount(line))) yield { message: 'The file holds no saved object.', at: at('') };
      for (const [index, line] of lines.entries()) {
        if (isCount(line)) continue;
        for (const message of defectsOf(line)) yield { message, at: at(`/${index}`) };
      }
    }),
});

/** The last line of an export: how many objects it has, and which are missing. */
function isCount(line: Value): boolean {
  return isObject(line) && Object.hasOwn(line, 'exportedCount') && !Object.hasOwn(line, 'type');
}

function* defectsOf(line: Value): Iterable<string> {
  if (!isObject(line)) {
    yield `A saved object must be an object, and this is ${datum(line)}.`;
    return;
  }
  for (const key of ['type', 'id']) {
    const text = member(line, key);
    if (typeof text !== 'string' || text === '') yield `\`${key}\` must be a text, and is ${datum(text ?? null)}.`;
  }
  const [attributes, references = []] = [member(line, 'attributes'), member(line, 'references')];
  if (!isObject(attributes)) yield `\`attributes\` must be an object, and is ${datum(attributes ?? null)}.`;
  if (!isArray(references)) {
    yield `\`references\` must be a list, and is ${datum(references)}.`;
    return;
  }
  for (const [at, reference] of references.entries()) {
    const missing = ['type', 'id', 'name'].filter((key) => typeof member(reference, key) !== 'string');
    if (missing.length > 0) yield `The reference ${at + 1} has no \`${missing.join('`, `')}\`.`;
  }
}
