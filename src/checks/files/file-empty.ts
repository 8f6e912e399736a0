import { defineCheck } from '../check.ts';

/** A file of no bytes is a copy that failed. Of documents that cannot be empty, their reader says so. */
export const fileEmpty = defineCheck({
  id: 'file-empty',
  severity: 'error',
  title: 'A file holds nothing',
  help: 'Copy it again from its source, or remove it.',
  *run({ bundle: { entries } }) {
    for (const { path, size, role, unreadable } of entries) {
      if (size > 0 || role === undefined || unreadable !== undefined) continue;
      yield { message: `\`${path}\` (role ${role}) has 0 bytes.`, at: { file: path } };
    }
  },
});
