/** What a condition lets through: everything, nothing, or some documents. */
export type Reach = 'all' | 'none' | 'some';

interface Operand {
  readonly reach: Reach;
  /** As written, for `x or not x`; cut, since a chain of them is long. */
  readonly text: string;
}

const kept = 200;
const ranks: Readonly<Record<string, number>> = { or: 1, and: 2, not: 3 };
// One piece at a time, each where the last one ended; no alternative can match a text in two ways.
const piece = /\s+|"(?:[^"\\]|\\[\s\S])*"?|'(?:[^'\\]|\\[\s\S])*'?|&&|\|\||[()]|!=|!|[^\s"'()&|!]+|[&|]/g;
const words: Readonly<Record<string, string>> = {
  and: 'and',
  or: 'or',
  not: 'not',
  '&&': 'and',
  '||': 'or',
  '!': 'not',
};

/**
 * What a condition of KQL, Lucene, EQL or ES|QL lets through, as far as its text tells: conditions joined by `and`,
 * `or`, `not` and brackets. Reads any text, whether a stack would take it or not, in one pass and without recursion.
 * @param universal whether one condition, without blanks, lets everything through
 */
export function conditionReach(text: string, universal: (condition: string) => boolean): Reach {
  const operands: Operand[] = [];
  const waiting: string[] = [];
  let held: string[] = [];
  let depth = 0;
  let complete = false;
  const reduce = (rank: number): void => {
    while ((ranks[waiting.at(-1) ?? ''] ?? 0) >= rank) apply(waiting.pop() ?? '', operands);
  };
  const join = (operator: string): void => {
    const rank = ranks[operator] ?? 0;
    if (operator !== 'not') reduce(rank);
    waiting.push(operator);
    complete = false;
  };
  const flush = (): void => {
    if (held.length === 0) return;
    operands.push(operandOf(held.join('').trim(), universal));
    held = [];
    complete = true;
  };
  const pieces = text.match(piece) ?? [];
  for (const [index, part] of pieces.entries()) {
    const operator = words[part.toLowerCase()];
    if (depth > 0 || (part === '(' && held.length > 0)) {
      // A bracket inside a condition belongs to it: `f:(a or b)`, `x in (1, 2)`, `length(x)`.
      depth += part === '(' ? 1 : part === ')' ? -1 : 0;
      held.push(part);
    } else if (part === '(') {
      if (complete) join('or');
      waiting.push('(');
      complete = false;
    } else if (part === ')') {
      flush();
      reduce(1);
      if (waiting.at(-1) === '(') waiting.pop();
    } else if (operator === undefined || (operator === 'not' && isBinary(held, pieces[index + 2]))) {
      if (part.trim() === '' && held.length === 0) continue;
      if (complete) join('or');
      // Blanks in a text part no conditions.
      held.push(/^["']/.test(part) ? part.replaceAll(/\s/g, '_') : part);
    } else {
      flush();
      if (operator === 'not' && complete) join('and');
      join(operator);
    }
  }
  flush();
  reduce(1);
  while (waiting.length > 0) apply(waiting.pop() ?? '', operands);
  return operands.at(-1)?.reach ?? 'all';
}

/** Whether a `not` belongs to the sign behind it: `x not in (…)`. */
function isBinary(held: readonly string[], next: string | undefined): boolean {
  return held.length > 0 && /^(?:in|like|regex|rlike)~?$/i.test(next ?? '');
}

function operandOf(text: string, universal: (condition: string) => boolean): Operand {
  const bare = text.toLowerCase();
  const reach = bare === 'false' ? 'none' : bare === 'true' || isUniversal(text, universal) ? 'all' : 'some';
  return { reach, text: text.slice(0, kept) };
}

/** Conditions side by side are alternatives (Lucene), unless one is demanded or excluded. */
function isUniversal(text: string, universal: (condition: string) => boolean): boolean {
  const parts = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/["'()]/g, '')
    .replaceAll(/\s*([<>=:]+|!=)\s*/g, '$1')
    .split(/\s+/);
  const demanded = parts.filter((part) => part.startsWith('+'));
  if (parts.some((part) => part.startsWith('-'))) return false;
  if (demanded.length > 0) return demanded.every((part) => universal(part.slice(1)));
  return parts.some(universal);
}

function apply(operator: string, operands: Operand[]): void {
  if (operator === '(') return;
  const right = operands.pop();
  if (right === undefined) return;
  if (operator === 'not') {
    const reach = right.reach === 'all' ? 'none' : right.reach === 'none' ? 'all' : 'some';
    operands.push({ reach, text: `!${right.text}` });
    return;
  }
  const left = operands.pop();
  if (left === undefined) {
    operands.push(right);
    return;
  }
  const [wins, loses] = operator === 'or' ? (['all', 'none'] as const) : (['none', 'all'] as const);
  const opposite = left.text === `!${right.text}` || right.text === `!${left.text}`;
  const reaches = [left.reach, right.reach];
  const reach = opposite || reaches.includes(wins) ? wins : reaches.every((each) => each === loses) ? loses : 'some';
  operands.push({ reach, text: '' });
}
