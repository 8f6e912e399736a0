import { type Json, type JsonObject, listOr } from '../elastic-server/json.ts';

const fields: Readonly<Record<string, string>> = {
  'alert.attributes.name': 'name',
  'alert.attributes.enabled': 'enabled',
  'alert.attributes.tags': 'tags',
  'alert.attributes.params.ruleId': 'rule_id',
  'alert.attributes.params.type': 'type',
  'alert.attributes.params.immutable': 'immutable',
};

const clause = /^\s*([\w.]+)\s*:\s*(?:"((?:[^"\\]|\\.)*)"|\(([^()]*)\)|([\w*.-]+))\s*$/;

/** Whether a rule fits a filter: `field: value` and `field: (a or b)`, joined by `AND`. Others are said to be unknown. */
export function matchesFilter(filter: string, rule: JsonObject, cannot: (what: string) => void): boolean {
  return filter.split(/\s+and\s+/i).every((part) => {
    const [, name = '', quoted, list, bare] = clause.exec(part) ?? [];
    const field = fields[name];
    if (field === undefined) {
      cannot(`the stand-in does not know this filter: ${filter}`);
      return false;
    }
    const wanted = list === undefined ? [quoted ?? bare ?? ''] : list.split(/\s+or\s+/i).map(unquoted);
    const value = rule[field];
    const values: readonly Json[] = Array.isArray(value) ? listOr(value) : [value ?? null];
    return wanted.some((one) => values.some((held) => String(held) === one.replaceAll(/\\(.)/g, '$1')));
  });
}

function unquoted(value: string): string {
  return value.trim().replace(/^"(.*)"$/, '$1');
}
