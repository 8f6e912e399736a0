import { stringify } from 'smol-toml';
import { isArray, isObject, type ObjectValue, type Value } from '../../domain/document.ts';

/** The TOML text of a table. TOML has no null: a member or an item that is one is left out. */
export function tomlText(table: ObjectValue): string {
  return stringify(withoutNulls(table));
}

function withoutNulls(value: Value): Value {
  if (isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(members.map(([key, item]) => [key, withoutNulls(item)]));
}
