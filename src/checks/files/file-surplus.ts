import { atMost } from '../at-most.ts';
import { type CheckFinding, defineCheck } from '../check.ts';
import { filesOf } from '../files-of.ts';

/** Of two files for one role, nobody can say which one is deployed. */
export const fileSurplus = defineCheck({
  id: 'file-surplus',
  severity: 'error',
  title: 'Several files play a role that one file plays',
  help: 'Remove all but one; to publish both, make two releases.',
  run: ({ bundle }) =>
    atMost(
      (bundle.kind?.roles ?? []).flatMap((role): CheckFinding[] => {
        if (role.count !== 'one' && role.count !== 'optional') return [];
        const [first, ...more] = filesOf(bundle, role);
        return more.map(({ path }) => ({
          message: `\`${path}\` plays the role ${role.id} (\`${role.pattern}\`), which \`${first?.path}\` plays already.`,
          at: { file: path },
        }));
      }),
    ),
});
