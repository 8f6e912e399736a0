import type { Entry } from '../../domain/bundle.ts';
import type { Kind, Role } from '../../domain/kind.ts';
import type { Reference, ReferenceGraph, Space } from '../../domain/reference.ts';
import { formats } from '../formats.ts';

/** The reference graph of a bundle: what its roles define, and what its documents define and use. */
export function referenceGraph(kind: Kind, entries: readonly Entry[]): ReferenceGraph {
  const definable = [...new Set(kind.roles.flatMap(definedBy))];
  const usable = [...new Set(kind.roles.flatMap((role) => formats[role.format].uses))];
  return {
    references: entries.flatMap((entry) => ofEntry(kind, entry)),
    definable,
    unknownDefinitions: gaps(kind, entries, definable, definedBy),
    unknownUses: gaps(kind, entries, usable, (role) => formats[role.format].uses),
  };
}

function definedBy(role: Role): Space[] {
  return [...(role.defines ?? []).map(({ space }) => space), ...formats[role.format].defines];
}

function ofEntry(kind: Kind, entry: Entry): Reference[] {
  const role = kind.roles.find(({ id }) => id === entry.role);
  if (role === undefined) return [];
  const stem = entry.path.slice(entry.path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const byName = (role.defines ?? []).map(({ space, id, entryPoint }) => ({
    space,
    id: id.replaceAll('<id>', entry.capture ?? '').replaceAll('<stem>', stem),
    role: 'defines' as const,
    at: { file: entry.path },
    ...(entryPoint === undefined ? {} : { entryPoint }),
  }));
  const inside = entry.document && formats[role.format].references?.(entry.document.value, entry.path);
  return [...byName, ...(inside ?? [])];
}

/** Why a space is not known whole: a role that adds to it has no file although it must, or a file cannot be read. */
function gaps(
  kind: Kind,
  entries: readonly Entry[],
  spaces: readonly Space[],
  adds: (role: Role) => readonly Space[],
): Partial<Record<Space, string>> {
  const found: Partial<Record<Space, string>> = {};
  for (const space of spaces) {
    for (const role of kind.roles.filter((candidate) => adds(candidate).includes(space))) {
      const files = entries.filter((entry) => entry.role === role.id);
      const broken = files.find(({ unreadable }) => unreadable !== undefined);
      if (files.length === 0 && (role.count === 'one' || role.count === 'some')) {
        found[space] ??= `no file plays the role \`${role.id}\`, which belongs to the space ${space}`;
      } else if (broken !== undefined) {
        found[space] ??= `\`${broken.path}\` cannot be read (${broken.unreadable})`;
      }
    }
  }
  return found;
}
