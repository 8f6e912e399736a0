import { conditionReach } from './condition-reach.ts';

/** Fields that every document of a stack has. */
const everywhere = /^(?:\*|@timestamp|_id|_index|_type|_source)$/i;

/** Whether one condition of KQL or Lucene holds for every document: `*`, `*:*`, `_exists_:@timestamp`, `_id:*`. */
function always(condition: string): boolean {
  if (/^(?:[*?]+|\/\.[*+]\/)$/.test(condition)) return true;
  const [, field = '', sign = '', value = ''] = /^([^:<>=]{1,200})([:<>=]+)([\s\S]*)$/.exec(condition) ?? [];
  if (field === '_exists_') return everywhere.test(value);
  if (!everywhere.test(field)) return false;
  // The rule's own schedule bounds the time already.
  return (field === '@timestamp' && sign !== ':') || /^(?:[*?]+|\/\.[*+]\/|\[.*\])$/.test(value);
}

/** Whether one condition of EQL or ES|QL holds for every event: `1 == 1`, `x == x`, `@timestamp != null`. */
function alwaysHolds(condition: string): boolean {
  const [, left = '', sign = '', right = ''] = /^([^!:<>=]{1,200})([!:<>=]+)([\s\S]*)$/.exec(condition) ?? [];
  if (sign === '!=' && right.toLowerCase() === 'null') return everywhere.test(left);
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) return compare(Number(left), sign, Number(right));
  return left === right && left !== '' && /^(?:==|[<>]=|:)$/.test(sign);
}

function compare(left: number, sign: string, right: number): boolean {
  if (sign.includes('=') && sign !== '!=' && left === right) return true;
  return sign === '!=' ? left !== right : sign.startsWith('<') ? left < right : sign.startsWith('>') && left > right;
}

/** A query of EQL or ES|QL without its comments, which KQL and Lucene do not have. */
export function withoutComments(query: string): string {
  let text = '';
  let end = 0;
  for (const { 0: part, index } of query.matchAll(/"(?:[^"\\]|\\[\s\S])*"?|\/\/[^\n]*|\/\*/g)) {
    if (index < end) continue;
    if (part.startsWith('"')) continue;
    text += query.slice(end, index);
    const close = part === '/*' ? query.indexOf('*/', index + 2) : index + part.length - 2;
    end = close < 0 ? query.length : close + 2;
  }
  return text + query.slice(end);
}

/** EQL: `<category> where <condition>`, alone or as the parts of a sequence; pipes behind it take some of the result. */
function eqlMatchesAll(query: string): boolean {
  const text = withoutComments(query);
  const parts = /^\s*(?:sequence|sample)\b/i.test(text)
    ? [...text.matchAll(/\[([^[\]]*)\]/g)].map((each) => each[1] ?? '')
    : [text];
  return parts.length > 0 && parts.every((part) => conditionReach(behindWhere(part), alwaysHolds) === 'all');
}

/** ES|QL: some `where` has to hold something back. */
function esqlMatchesAll(query: string): boolean {
  const commands = withoutComments(query).match(/(?:"(?:[^"\\]|\\[\s\S])*"?|[^|"])+/g) ?? [];
  const conditions = commands.filter((command) => /^\s*where\b/i.test(command)).map(behindWhere);
  return conditions.every((condition) => conditionReach(condition, alwaysHolds) === 'all');
}

function behindWhere(text: string): string {
  const [head = ''] = /^[\s\S]*?\bwhere\b/i.exec(text) ?? [];
  return text.slice(head.length).split('|')[0] ?? '';
}

/**
 * Whether a query lets every document through, as far as its text tells.
 * @param language `kuery`, `lucene`, `eql`, `esql`; any other is read as KQL
 */
export function matchesAll(query: string, language: string): boolean {
  if (language === 'eql') return eqlMatchesAll(query);
  if (language === 'esql') return esqlMatchesAll(query);
  return conditionReach(query, always) === 'all';
}
