import type { Entry } from '../domain/bundle.ts';
import type { Kind, Role } from '../domain/kind.ts';

/** The captured id that most files share; the first of them where several are equally frequent. */
export function sharedCapture(kind: Kind, entries: readonly Entry[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { capture } of capturing(kind, entries)) counts.set(capture, (counts.get(capture) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}

/** The files whose role's pattern captures an id, in order of their roles. */
export function capturing(kind: Kind, entries: readonly Entry[]): (Entry & { readonly capture: string })[] {
  return kind.roles
    .filter(({ pattern }) => pattern.includes('<id>'))
    .flatMap(({ id }) => entries.filter(({ role }) => role === id))
    .flatMap((entry) => (entry.capture === undefined ? [] : [{ ...entry, capture: entry.capture }]));
}

/** The roles that must have a file and have none. */
export function missingRoles(kind: Kind, entries: readonly Entry[]): Role[] {
  return kind.roles.filter(
    ({ id, count }) =>
      (count === 'one' || count === 'some') &&
      !entries.some(({ role, ambiguous }) => role === id || ambiguous?.includes(id) === true),
  );
}

/** The file names that are missing, as far as they are known: with the id that the other files share. */
export function expectedNames(kind: Kind, entries: readonly Entry[]): Map<string, Role> {
  const capture = sharedCapture(kind, entries) ?? '<id>';
  return new Map(missingRoles(kind, entries).map((role) => [role.pattern.replace('<id>', () => capture), role]));
}
