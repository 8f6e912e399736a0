import type { Bundle, Entry } from '../domain/bundle.ts';
import type { Kind, Role } from '../domain/kind.ts';

/** The files that play a role. */
export function filesOf(bundle: Bundle, role: Role): Entry[] {
  return bundle.entries.filter((entry) => entry.role === role.id);
}

/** The role that a file plays. */
export function roleOf(kind: Kind | undefined, entry: Entry): Role | undefined {
  return entry.role === undefined ? undefined : kind?.roles.find(({ id }) => id === entry.role);
}

/** Why nothing can be said of a bundle's files: its archive was refused. */
export function refused(bundle: Bundle): string | undefined {
  const [first] = bundle.findings;
  return bundle.entries.length === 0 && first !== undefined ? `the bundle was not read (${first.check})` : undefined;
}
