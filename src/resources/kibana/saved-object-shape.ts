import { isArray, isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';
import { migrationVersions } from '../../formats/saved-object-digest.ts';

/** Attributes that only Kibana counts. */
const counted = ['version'];

/** A saved object as it can be imported again: without times, its space and its place. */
export function importable(object: Value): ObjectValue {
  if (!isObject(object)) return {};
  const kept = ['attributes', 'references', ...migrationVersions];
  return Object.fromEntries(Object.entries(object).filter(([key]) => kept.includes(key)));
}

/**
 * The attributes in which what stands there is not what is wanted, and `references`. Kibana fills in members at any
 * depth, also of the JSON that it keeps in texts: what a file does not say is no difference below an attribute.
 */
export function savedObjectDifferences(wanted: Value, actual: Value): string[] {
  const [after, before] = [member(wanted, 'attributes'), member(actual, 'attributes')];
  const [now, then] = [isObject(after) ? after : {}, isObject(before) ? before : {}];
  const names = [...new Set([...Object.keys(now), ...Object.keys(then)])].filter((name) => !counted.includes(name));
  const changed = names.filter((name) => {
    const [mine, theirs] = [member(now, name), member(then, name)];
    return !(isEmpty(mine) && isEmpty(theirs)) && (isEmpty(mine) || !isWithin(mine, theirs));
  });
  return hasSameReferences(wanted, actual) ? changed : [...changed, 'references'];
}

/** Whether Kibana may have made one of the other by a migration: it names and points at the same, and was migrated. */
export function isMigrated(wanted: Value, actual: Value): boolean {
  const [before, after] = [wanted, actual].map((object) =>
    JSON.stringify(migrationVersions.map((key) => member(object, key) ?? null)),
  );
  if (before === after) return false;
  const [mine, theirs] = [member(wanted, 'attributes'), member(actual, 'attributes')];
  return hasSameReferences(wanted, actual) && isWithin(member(mine, 'title'), member(theirs, 'title'));
}

function hasSameReferences(wanted: Value, actual: Value): boolean {
  const [mine, theirs] = [wanted, actual].map((object) => {
    const list = member(object, 'references');
    const texts = (isArray(list) ? list : []).map((each) =>
      JSON.stringify(['type', 'id', 'name'].map((key) => member(each, key) ?? null)),
    );
    return texts.toSorted().join('\n');
  });
  return mine === theirs;
}

function isWithin(wanted: Value | undefined, actual: Value | undefined): boolean {
  if (isEmpty(wanted) && isEmpty(actual)) return true;
  if (wanted === undefined || actual === undefined) return isEmpty(wanted);
  if (typeof wanted === 'string' && typeof actual === 'string') {
    if (wanted === actual) return true;
    const [mine, theirs] = [opened(wanted), opened(actual)];
    return mine !== undefined && theirs !== undefined && isWithin(mine, theirs);
  }
  if (isArray(wanted)) {
    return isArray(actual) && actual.length === wanted.length && wanted.every((item, at) => isWithin(item, actual[at]));
  }
  if (isObject(wanted)) {
    return isObject(actual) && Object.entries(wanted).every(([key, value]) => isWithin(value, member(actual, key)));
  }
  return wanted === actual;
}

function opened(text: string): Value | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === '{}') return true;
  return (isArray(value) || isObject(value)) && Object.keys(value).length === 0;
}
