import { defineCheck } from '../check.ts';
import { filesOf, refused } from '../files-of.ts';

/** Applies to kinds that have a role `readme`. */
export const readmeMissing = defineCheck({
  id: 'readme-missing',
  severity: 'note',
  title: 'The bundle has no readme',
  help: 'Add a `README.md`: what it detects, what it was made from, how to set it up.',
  *run({ bundle }) {
    const role = bundle.kind?.roles.find(({ id }) => id === 'readme');
    if (role === undefined || refused(bundle) !== undefined || filesOf(bundle, role).length > 0) return;
    yield { message: `There is no \`${role.pattern}\` in \`${bundle.name}\`.` };
  },
});
