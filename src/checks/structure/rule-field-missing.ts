import { isObject, member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { nearest } from '../near.ts';
import { fieldsOfType } from '../rule-types.ts';

const always = ['name', 'rule_id', 'type'];

/** What every rule has, and what its type asks for (elastic.md §7.4). */
export const ruleFieldMissing = defineCheck({
  id: 'rule-field-missing',
  severity: 'error',
  title: 'A rule lacks a field that it cannot do without',
  help: 'Add the field to the table `[rule]`.',
  run: (context) =>
    eachDocument(context, 'elastic-rule', function* ({ value, at }) {
      const rule = member(value, 'rule');
      if (rule === undefined) yield { message: 'The file has no table `[rule]`.', at: at('') };
      if (!isObject(rule)) return;
      const type = member(rule, 'type');
      const ofType = fieldsOfType(type) ?? [];
      for (const field of [...always, ...ofType].filter((name) => member(rule, name) === undefined)) {
        const near = nearest(
          field,
          Object.keys(rule).filter((key) => !always.includes(key) && !ofType.includes(key)),
        );
        const asked = ofType.includes(field) ? `, which the type \`${type}\` asks for` : '';
        yield {
          message: `The rule has no \`${field}\`${asked}.`,
          ...(near === undefined ? {} : { help: `Is \`${near}\` meant? Call it \`${field}\`.` }),
          at: at('/rule'),
        };
      }
    }),
});
