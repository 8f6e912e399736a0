import { defineCheck } from '../check.ts';
import { missingRoles } from '../expected-names.ts';
import { refused } from '../files-of.ts';

/** Where a kind requires files by name, `file-missing` names them. The historic tool published empty folders. */
export const bundleEmpty = defineCheck({
  id: 'bundle-empty',
  severity: 'error',
  title: 'The bundle holds nothing to release',
  help: 'Check that this is the right folder, and add the files of the release.',
  *run({ bundle }) {
    const { kind, entries, name } = bundle;
    if (kind === undefined || refused(bundle) !== undefined || missingRoles(kind, entries).length > 0) return;
    if (entries.some(({ role, ambiguous }) => (role ?? ambiguous?.[0] ?? 'readme') !== 'readme')) return;
    const patterns = kind.roles.filter(({ id }) => id !== 'readme').map(({ pattern }) => `\`${pattern}\``);
    yield { message: `No file of \`${name}\` plays a role of ${kind.id}: ${patterns.join(', ')}.` };
  },
});
