import { defineCheck } from '../check.ts';
import { expectedNames } from '../expected-names.ts';
import { refused } from '../files-of.ts';
import { nearest } from '../near.ts';

/** A role that must have a file has none. */
export const fileMissing = defineCheck({
  id: 'file-missing',
  severity: 'error',
  title: 'A file that the kind requires is missing',
  help: 'Add it.',
  *run({ bundle }) {
    const { kind, entries } = bundle;
    const reason = refused(bundle);
    if (reason !== undefined) yield { skipped: reason };
    if (kind === undefined || reason !== undefined) return;
    const strangers = entries.filter(({ role, ambiguous }) => role === undefined && ambiguous === undefined);
    for (const [name, role] of expectedNames(kind, entries)) {
      // It is there, and its reader said why it cannot be taken.
      if (bundle.findings.some(({ at }) => at?.file === name)) continue;
      const near = nearest(
        name,
        strangers.map(({ path }) => path),
        3,
      );
      yield {
        message: `There is no file for the role ${role.id} of ${kind.id}: \`${role.pattern}\`.`,
        help: near === undefined ? `Add \`${name}\`.` : `Is it \`${near}\`? Then rename it to \`${name}\`.`,
      };
    }
  },
});
