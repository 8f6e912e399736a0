import type { Bundle } from '../../domain/bundle.ts';
import { atMost } from '../at-most.ts';
import { type CheckFinding, defineCheck } from '../check.ts';
import { expectedNames } from '../expected-names.ts';
import { nearest } from '../near.ts';

/** Files that systems leave behind, and which one does. */
const leftovers: readonly (readonly [RegExp, string])[] = [
  [/^(?:\.DS_Store|\._.*|\.AppleDouble|\.Spotlight-V100|\.Trashes)$/, 'macOS'],
  [/^(?:Thumbs\.db|desktop\.ini)$/i, 'Windows'],
  [/^(?:.*~|\..*\.sw[a-p]|\.#.*|#.*#)$/, 'an editor'],
];

/** A file that nobody planned for would be published for ever. */
export const fileRoleUnknown = defineCheck({
  id: 'file-role-unknown',
  severity: 'error',
  title: 'A file fits no role of the kind',
  help: 'Rename it, remove it, or move it below `_dev/`, which is never packed.',
  run: ({ bundle }) => atMost(unknown(bundle)),
});

function* unknown({ kind, entries }: Bundle): Iterable<CheckFinding> {
  if (kind === undefined) return;
  const expected = expectedNames(kind, entries);
  const flat = kind.roles.every(({ pattern }) => !pattern.includes('/'));
  for (const { path, role, ambiguous } of entries) {
    if (role !== undefined || ambiguous !== undefined) continue;
    const found = { severity: kind.unexpected, at: { file: path } };
    const name = path.slice(path.lastIndexOf('/') + 1);
    const system = leftovers.find(([pattern]) => pattern.test(name))?.[1];
    const near = nearest(name, expected.keys(), 3);
    const missing = near === undefined ? undefined : expected.get(near);
    if (system !== undefined) {
      yield { ...found, message: `\`${path}\` was left behind by ${system}.`, help: 'Delete it.' };
    } else if (near !== undefined && missing !== undefined) {
      const help = `Did you mean \`${near}\` (role ${missing.id}, \`${missing.pattern}\`)?`;
      yield { ...found, message: `\`${path}\` fits no role of ${kind.id}.`, help };
    } else if (flat && path.includes('/')) {
      yield { ...found, message: `\`${path}\` lies in a folder, and the files of ${kind.id} lie at the top.` };
    } else {
      const patterns = kind.roles.map(({ pattern }) => `\`${pattern}\``).join(', ');
      yield { ...found, message: `\`${path}\` fits no role of ${kind.id}: ${patterns}.` };
    }
  }
}
