import { member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';

/** Longest name, in UTF-16 units. */
const longest = 200;

/** What a name is read by, and what must not stand in it; the first that fits is told. */
const defects: readonly [RegExp, string][] = [
  [/[\p{Cc}\u2028\u2029]/u, 'a control character or a line break'],
  [/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u, 'a character that turns the direction of reading'],
  // An emoji may hold a joiner and a variation selector.
  [/(?![\u200d\ufe0f])\p{Default_Ignorable_Code_Point}|\p{Cs}|\p{Co}/u, 'a character that nobody can see'],
  [/^\s*::|##\[/, 'a workflow command'],
  [/<[A-Za-z/!]/, 'an HTML tag'],
  [/\]\s*\(/, 'a Markdown link'],
];

/** The name stands in every alert, list and log of the stack, and in our reports (security.md A6, A8). */
export const ruleBadName = defineCheck({
  id: 'rule-bad-name',
  severity: 'error',
  scan: true,
  title: 'The name of a rule is made to be read as something else',
  help: 'Give the rule a plain name on one line.',
  run: (context) =>
    eachDocument(context, 'elastic-rule', function* ({ value, at }) {
      const name = member(member(value, 'rule'), 'name');
      if (typeof name !== 'string') return;
      const defect = defectOf(name);
      if (defect === undefined) return;
      yield { message: `The name of the rule cannot be used: it ${defect}.`, at: at('/rule/name') };
    }),
});

function defectOf(name: string): string | undefined {
  if (name.length > longest) return `has ${name.length} characters, and may have ${longest}`;
  const [, held] = defects.find(([pattern]) => pattern.test(name)) ?? [];
  return held === undefined ? undefined : `holds ${held}`;
}
