import { padEnd, wrap } from '../../reporters/line.ts';
import type { Condition, ConditionState } from '../../stores/preflight.ts';

const marks: Readonly<Record<ConditionState, string>> = { good: '✓', attention: '!', missing: '✗', unknown: '?' };
const columns = 100;
const gutter = 15;

/** The conditions as lines: a mark, what was looked at, what was seen, and below it what to do. */
export function conditionLines(conditions: readonly Condition[]): string[] {
  return conditions.flatMap(({ subject, state, message, help }) => {
    const seen = wrap(message, columns - gutter);
    const todo = state === 'good' || help === undefined ? [] : help.split('\n').flatMap(helpLines);
    return [...seen, ...todo].map((line, index) => {
      return `${padEnd(index === 0 ? `${marks[state]} ${subject}` : '', gutter)}${line}`;
    });
  });
}

/** What is indented is text to add, and stays as it is. */
function helpLines(line: string): string[] {
  return line.startsWith(' ') ? [line] : wrap(line, columns - gutter);
}

/** `1 missing, 2 to look at`, and what follows from it for what is to be done. */
export function summary(conditions: readonly Condition[], purpose: 'publish' | 'deploy'): string {
  const count = (state: ConditionState) => conditions.filter((condition) => condition.state === state).length;
  const [missing, unknown] = [count('missing'), count('unknown')];
  const verdict =
    missing > 0
      ? `Not everything is there to ${purpose}`
      : unknown > 0
        ? `Whether everything is there to ${purpose} cannot be told`
        : `Everything is there to ${purpose}`;
  const parts = [
    [missing, 'missing'],
    [unknown, 'not seen'],
    [count('attention'), 'to look at'],
    [count('good'), 'in place'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  return `${verdict}: ${said.join(', ')}.`;
}
