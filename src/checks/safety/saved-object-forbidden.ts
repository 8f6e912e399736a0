import { isArray, member, type Value } from '../../domain/document.ts';
import { openedTexts } from '../../domain/nested-json.ts';
import { defineCheck } from '../check.ts';
import { cut } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { allowedSavedObjects, programmedVisualizations, refusedSavedObjects } from '../saved-object-types.ts';

/** Saved objects of some types act, or change what others see (security.md A24): known ones are taken, and no others. */
export const savedObjectForbidden = defineCheck({
  id: 'saved-object-forbidden',
  severity: 'error',
  scan: true,
  title: 'A saved object is of a type that a bundle may not bring',
  help: 'Bring dashboards and what they show: data views, Lens, maps, searches, tags, visualizations.',
  run: (context) =>
    eachDocument(context, 'elastic-saved-objects', function* ({ value, at }) {
      for (const [index, line] of (isArray(value) ? value : []).entries()) {
        const type = member(line, 'type');
        if (typeof type !== 'string') continue;
        const defect = defectOf(type, line);
        if (defect === undefined) continue;
        const named = `The saved object \`${cut(`${type}/${member(line, 'id')}`)}\``;
        yield { message: `${named} is refused: ${defect}.`, at: at(`/${index}/type`) };
      }
    }),
});

function defectOf(type: string, line: Value): string | undefined {
  if (!Object.hasOwn(allowedSavedObjects, type)) {
    const why = Object.hasOwn(refusedSavedObjects, type) ? refusedSavedObjects[type] : undefined;
    return why ?? 'nobody has looked at what its type can do';
  }
  // A dashboard keeps what was drawn inside it as JSON in a text.
  const texts = openedTexts(member(line, 'attributes') ?? null).map(({ value }) => JSON.stringify(value));
  const program = programmedVisualizations.find((sort) => texts.some((text) => text.includes(`"type":"${sort}"`)));
  return program === undefined ? undefined : `it holds a \`${program}\`, a program that may fetch from other servers`;
}
