import type { Entry } from '../domain/bundle.ts';
import type { Kind, Role } from '../domain/kind.ts';
import type { Reference, ReferenceGraph, Space } from '../domain/reference.ts';
import { referenceGraph } from '../formats/bundle/graph.ts';
import { matchPattern } from '../kinds/pattern.ts';

/** Spaces whose ids a bundle has to bring, whatever its kind: what runs on documents. */
const brought: readonly Space[] = ['model', 'script', 'pipeline', 'enrich-policy'];

/**
 * The references of files without their bundle. What the known kinds define by the name of a file counts as there:
 * for `dga_7_ingest_pipeline2.json` the model `dga_7`, and the scripts and pipelines of its kind under their fixed
 * ids; a file whose name is its id defines that. Any other model, script or pipeline is foreign.
 */
export function scannedGraph(scanned: Kind, entries: readonly Entry[], kinds: readonly Kind[]): ReferenceGraph {
  const graph = referenceGraph(scanned, entries);
  const defined = new Map<string, Reference>();
  for (const { path: file } of entries) {
    for (const { space, id } of kinds.flatMap((kind) => definedBeside(kind, file))) {
      if (brought.includes(space)) defined.set(`${space} ${id}`, { space, id, role: 'defines', at: { file } });
    }
  }
  return { ...graph, references: [...graph.references, ...defined.values()], definable: brought };
}

/** What a kind's files define, where the name of a file is one of theirs, also with something in front or behind. */
function definedBeside({ roles }: Kind, file: string): { space: Space; id: string }[] {
  const base = file.slice(file.lastIndexOf('/') + 1);
  const captures = roles
    .flatMap(rolePatterns)
    .filter((pattern) => pattern.includes('<id>'))
    .flatMap((pattern) => matchPattern(`*${pattern.replace(/\.json$/, '*.json')}`, base) ?? []);
  const own = roles.filter((role) => rolePatterns(role).some((pattern) => matchPattern(pattern, base) !== undefined));
  const stem = base.replace(/\.[^.]*$/, '');
  return [
    ...captures.flatMap(({ capture }) =>
      // What another file's name would define nobody knows here.
      roles.flatMap(({ defines = [] }) =>
        defines.flatMap(({ space, id }) =>
          id.includes('<stem>') ? [] : [{ space, id: id.replaceAll('<id>', capture) }],
        ),
      ),
    ),
    ...own.flatMap(({ defines = [] }) =>
      defines.flatMap(({ space, id }) => (id === '<stem>' ? [{ space, id: stem }] : [])),
    ),
  ];
}

function rolePatterns({ pattern, aliases = [] }: Role): readonly string[] {
  return [...aliases, pattern];
}
