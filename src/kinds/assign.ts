import type { Kind, Role } from '../domain/kind.ts';
import { matchPattern } from './pattern.ts';

/** A role that a path fits, and what `<id>` captured. */
export interface Assignment {
  readonly role: Role;
  readonly capture: string;
}

/** The roles of a kind that a path fits: none and several are both defects of the bundle. */
export function rolesOf(kind: Kind, path: string): Assignment[] {
  return kind.roles.flatMap((role) => {
    for (const pattern of [...(role.aliases ?? []), role.pattern]) {
      const match = matchPattern(pattern, path);
      if (match !== undefined) return [{ role, capture: match.capture }];
    }
    return [];
  });
}
