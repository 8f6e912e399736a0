import { memberTexts, objectText } from '../../formats/json/pieces.ts';

/**
 * The definition of a field in a mapping, as the text writes it.
 * @param mapping text of an object with `properties`: the mapping itself, or a field that has others inside
 * @param path names from outside in; a name with dots stands for several
 * @returns undefined where the field is not defined
 */
export function fieldText(mapping: string, path: readonly string[]): string | undefined {
  const properties = propertiesOf(mapping);
  const found = nearest(properties, path);
  if (found === undefined) return undefined;
  const text = properties.get(found.key) ?? '{}';
  return found.rest.length === 0 ? text : fieldText(text, found.rest);
}

/** A mapping in which a field is defined so; all else stays as its text is. */
export function withField(mapping: string, path: readonly string[], definition: string): string {
  const members = memberTexts(mapping);
  const properties = propertiesOf(mapping);
  const { key, rest } = nearest(properties, path) ?? { key: path[0] ?? '', rest: path.slice(1) };
  const inner = rest.length === 0 ? definition : withField(properties.get(key) ?? '{}', rest, definition);
  members.set('properties', objectText(properties.set(key, inner)));
  return objectText(members);
}

/** A mapping without a field, and without what only held it. */
export function withoutField(mapping: string, path: readonly string[]): string {
  const members = memberTexts(mapping);
  const properties = propertiesOf(mapping);
  const found = nearest(properties, path);
  if (found === undefined) return mapping;
  const inner = found.rest.length === 0 ? '{}' : withoutField(properties.get(found.key) ?? '{}', found.rest);
  if (inner === '{}') properties.delete(found.key);
  else properties.set(found.key, inner);
  if (properties.size === 0) members.delete('properties');
  else members.set('properties', objectText(properties));
  return objectText(members);
}

function propertiesOf(mapping: string): Map<string, string> {
  return memberTexts(memberTexts(mapping).get('properties') ?? '{}');
}

/** The property that is the field, or holds it: of several the one whose name says most of the path. */
function nearest(
  properties: ReadonlyMap<string, string>,
  path: readonly string[],
): { readonly key: string; readonly rest: readonly string[] } | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path.slice(0, length).join('.');
    if (properties.has(key)) return { key, rest: path.slice(length) };
  }
  return undefined;
}
