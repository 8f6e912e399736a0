import type { Location } from './diagnostic.ts';

/** The name spaces in which the files of a bundle define ids and use them. */
export const spaces = [
  'model',
  'script',
  'pipeline',
  'job',
  'datafeed',
  'rule',
  'rule-id',
  'transform',
  'enrich-policy',
  'index',
  'saved-object',
  'notebook',
  'archive-file',
  'column',
] as const;

/** One of them. */
export type Space = (typeof spaces)[number];

/** One mention of an id: where a bundle defines it, or where it uses it. */
export interface Reference {
  readonly space: Space;
  readonly id: string;
  readonly role: 'defines' | 'uses';
  readonly at: Location;
  /** A definition that is meant to be used from outside the bundle (the pipeline that Beats point at, a rule). */
  readonly entryPoint?: true;
}

/** The definitions of a space, in order of appearance. */
export function definitions(references: readonly Reference[], space: Space): Reference[] {
  return references.filter((reference) => reference.role === 'defines' && reference.space === space);
}

/** The uses of a space, in order of appearance. */
export function uses(references: readonly Reference[], space: Space): Reference[] {
  return references.filter((reference) => reference.role === 'uses' && reference.space === space);
}

/** How the files of a bundle refer to each other, and where that is not known whole. */
export interface ReferenceGraph {
  /** In order of file and place. */
  readonly references: readonly Reference[];
  /** Spaces in which the kind's files can define ids: a use of any other space is meant for the target. */
  readonly definable: readonly Space[];
  /** Why the definitions of a space are not all known: a file is missing or cannot be read. */
  readonly unknownDefinitions: Readonly<Partial<Record<Space, string>>>;
  /** Why the uses of a space are not all known. */
  readonly unknownUses: Readonly<Partial<Record<Space, string>>>;
}
