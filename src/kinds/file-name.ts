import type { Definition, Kind, Role } from '../domain/kind.ts';
import { rolesOf } from './assign.ts';
import { matchPattern } from './pattern.ts';

/** The file of a bundle that an object of a stack would be. */
interface FileName {
  readonly role: Role;
  /** Path inside the bundle. */
  readonly path: string;
}

// Ids become names of files: nothing that a shell, a disk or an archive reads as something else.
const harmless = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}$/;

/**
 * The file that holds an object in bundles of a kind: the way back from `Role.pattern` and `Role.defines`.
 * @param space in which its id is one, as a role defines it; jobs and rules are defined inside their files
 * @param shared what `<id>` stands for in files whose own id does not hold it
 * @returns undefined where the kind has no place for it, or its id cannot be a name
 */
export function fileName(kind: Kind, space: string, id: string, shared: string): FileName | undefined {
  for (const role of kind.roles) {
    const path = pathIn(role, space, id, shared);
    if (path === undefined || !harmless.test(path)) continue;
    const fits = rolesOf(kind, path);
    if (fits.length === 1 && fits[0]?.role === role) return { role, path };
  }
  return undefined;
}

/** What `<id>` stands for in the file of an object whose id holds it; undefined where none does. */
export function captureOf(kind: Kind, space: string, id: string): string | undefined {
  const definitions = kind.roles.flatMap(({ defines = [] }) => defines);
  const own = definitions.filter((definition) => definition.space === space && definition.id.includes('<id>'));
  return own.map((definition) => matchPattern(definition.id, id)?.capture).find((capture) => capture !== undefined);
}

function pathIn(role: Role, space: string, id: string, shared: string): string | undefined {
  const { pattern, defines = [], format } = role;
  if (defines.length === 0) {
    const isJob = format === 'elastic-job' && ['job', 'datafeed', 'data-frame-analytics'].includes(space);
    const isRule = format === 'elastic-rule' && space === 'rule';
    return isJob || isRule ? pattern.replace('*', id) : undefined;
  }
  for (const definition of defines) {
    const path = definition.space === space ? pathOf(definition, pattern, id, shared) : undefined;
    if (path !== undefined) return path;
  }
  return undefined;
}

function pathOf(definition: Definition, pattern: string, id: string, shared: string): string | undefined {
  if (definition.id.includes('<stem>')) {
    const stem = matchPattern(definition.id.replace('<stem>', '<id>'), id)?.capture;
    return stem === undefined ? undefined : `${stem}${pattern.slice(pattern.lastIndexOf('.'))}`;
  }
  const capture = definition.id.includes('<id>') ? matchPattern(definition.id, id)?.capture : shared;
  const meant = definition.id.includes('<id>') ? capture !== undefined : definition.id === id;
  return meant ? pattern.replace('<id>', capture ?? '').replace('*', id) : undefined;
}
