import { compareText } from '../domain/diagnostic.ts';
import type { Space } from '../domain/reference.ts';

/** One side of a comparison. */
export interface Side {
  readonly name: string;
  /** Digests by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly definitions: Readonly<Partial<Record<Space, readonly string[]>>>;
}

/** One difference between two sides. */
export interface Change {
  readonly what: 'added' | 'removed' | 'changed';
  /** `file`, or the space of an id. */
  readonly subject: string;
  readonly id: string;
  /** Digests of a changed file, for people. */
  readonly detail: string;
}

/** What the second side has that the first has not, and the other way round: ids first, then files, sorted. */
export function changes(before: Side, after: Side): Change[] {
  const found: Change[] = [];
  const spaces = [...new Set([...Object.keys(before.definitions), ...Object.keys(after.definitions)])].sort(
    compareText,
  );
  for (const space of spaces) {
    const [old, now] = [idsOf(before, space), idsOf(after, space)];
    for (const id of old.filter((candidate) => !now.includes(candidate))) found.push(change('removed', space, id));
    for (const id of now.filter((candidate) => !old.includes(candidate))) found.push(change('added', space, id));
  }
  for (const path of [...new Set([...before.files.keys(), ...after.files.keys()])].sort(compareText)) {
    const [old, now] = [before.files.get(path), after.files.get(path)];
    if (old === now) continue;
    if (old === undefined) found.push(change('added', 'file', path));
    else if (now === undefined) found.push(change('removed', 'file', path));
    else found.push({ ...change('changed', 'file', path), detail: `  ${old.slice(0, 12)}… → ${now.slice(0, 12)}…` });
  }
  return found;
}

function change(what: Change['what'], subject: string, id: string): Change {
  return { what, subject, id, detail: '' };
}

function idsOf({ definitions }: Side, space: string): readonly string[] {
  return Object.entries(definitions).find(([name]) => name === space)?.[1] ?? [];
}
