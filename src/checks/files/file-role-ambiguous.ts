import { atMost } from '../at-most.ts';
import { defineCheck } from '../check.ts';

/** The defect is the kind's as much as the file's: two of its patterns fit one name. */
export const fileRoleAmbiguous = defineCheck({
  id: 'file-role-ambiguous',
  severity: 'error',
  title: 'A file fits several roles of the kind',
  help: 'Rename the file, or make the patterns of the kind exclude each other.',
  run: ({ bundle: { kind, entries } }) =>
    atMost(
      entries.flatMap(({ path, ambiguous }) => {
        if (ambiguous === undefined) return [];
        const roles = ambiguous.map((id) => `${id} (\`${kind?.roles.find((role) => role.id === id)?.pattern}\`)`);
        return [{ message: `\`${path}\` fits the roles ${roles.join(' and ')}.`, at: { file: path } }];
      }),
    ),
});
