import { isArray, member, step, type Value } from '../../domain/document.ts';
import type { Reference } from '../../domain/reference.ts';

/** Types that people open themselves: nothing has to refer to them. */
const opened = ['dashboard', 'search', 'map', 'links', 'index-pattern'];

/** Each line of a file of saved objects defines `<type>/<id>`, and uses those that its `references` list. */
export function savedObjectReferences(value: Value, file: string): Reference[] {
  const lines = isArray(value) ? value : [];
  return lines.flatMap((line, index): Reference[] => {
    const here = `/${index}`;
    const own = keyOf(line);
    const uses = member(line, 'references');
    return [
      ...(own === undefined
        ? []
        : [
            {
              space: 'saved-object',
              id: own,
              role: 'defines',
              at: { file, pointer: step(here, 'id') },
              ...(opened.some((type) => own.startsWith(`${type}/`)) ? { entryPoint: true as const } : {}),
            } as const,
          ]),
      ...(isArray(uses) ? uses : []).flatMap((use, at) => {
        const id = keyOf(use);
        const pointer = `${here}/references/${at}/id`;
        return id === undefined ? [] : [{ space: 'saved-object', id, role: 'uses', at: { file, pointer } } as const];
      }),
    ];
  });
}

function keyOf(value: Value): string | undefined {
  const [type, id] = [member(value, 'type'), member(value, 'id')];
  return typeof type === 'string' && typeof id === 'string' ? `${type}/${id}` : undefined;
}
