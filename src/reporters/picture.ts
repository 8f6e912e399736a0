import { compareText } from '../domain/diagnostic.ts';
import type { Reference } from '../domain/reference.ts';
import type { SubjectReport } from '../domain/report.ts';

/** An id of the bundle, or a file that uses ids without defining one. */
export interface PictureNode {
  readonly group: string;
  readonly label: string;
  /** Used and nowhere defined. */
  readonly missing: boolean;
}

/** A use: `broken` where a finding says so, `outside` where nothing defines it and nothing says that it must. */
export interface PictureEdge {
  readonly from: PictureNode;
  readonly to: PictureNode;
  readonly state: 'whole' | 'broken' | 'outside';
}

/** The reference graph of one bundle, as far as a person can look at it. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** Nodes left out. */
  readonly left: number;
}

/** Up to here ids stand in the picture that refer to nothing; in a larger one they would hide the edges. */
const fewNodes = 16;

const brokenBy: ReadonlySet<string> = new Set(['reference-unresolved', 'pipeline-unknown-model']);

/**
 * The picture of how the ids of a bundle refer to each other.
 * @param most nodes kept: those at a broken edge first, then those at any edge; the rest in a small picture only
 * @returns undefined where nothing refers to anything
 */
export function pictureOf(subject: SubjectReport, most: number): Picture | undefined {
  const nodes = new Map<string, PictureNode>();
  const primary = new Map<string, PictureNode>();
  const node = (group: string, label: string, missing: boolean): PictureNode => {
    const key = `${group}\n${label}`;
    const known = nodes.get(key) ?? { group, label, missing };
    nodes.set(key, known);
    return known;
  };

  const used = new Set(
    subject.references.filter(({ role }) => role === 'uses').map(({ space, id }) => `${space}\n${id}`),
  );
  for (const { space, id, role, at } of subject.references) {
    // A rule's own id names nothing that a person looks for, unless something points at it.
    if (role !== 'defines' || (space === 'rule-id' && !used.has(`${space}\n${id}`))) continue;
    const defined = node(space, id, false);
    if (!primary.has(at.file)) primary.set(at.file, defined);
  }

  const edges = new Map<string, PictureEdge>();
  for (const use of subject.references.filter(({ role }) => role === 'uses')) {
    const to = node(use.space, use.id, true);
    const from = primary.get(use.at.file) ?? node('file', use.at.file, false);
    const state = to.missing ? (saysBroken(subject, use) ? 'broken' : 'outside') : 'whole';
    if (from !== to) edges.set([from.group, from.label, to.group, to.label].join('\n'), { from, to, state });
  }
  return edges.size === 0 ? undefined : limited([...nodes.values()], [...edges.values()], most);
}

function saysBroken(subject: SubjectReport, use: Reference): boolean {
  return subject.diagnostics.some(({ check, file }) => brokenBy.has(check) && file === use.at.file);
}

function limited(nodes: readonly PictureNode[], edges: readonly PictureEdge[], most: number): Picture {
  const weights = new Map<PictureNode, number>(nodes.map((node) => [node, 2]));
  for (const { from, to, state } of edges) {
    for (const node of [from, to]) weights.set(node, Math.min(weights.get(node) ?? 2, state === 'broken' ? 0 : 1));
  }
  const kept = [...nodes]
    .filter((node) => nodes.length <= fewNodes || (weights.get(node) ?? 2) < 2)
    .sort((a, b) => (weights.get(a) ?? 2) - (weights.get(b) ?? 2) || compareNodes(a, b))
    .slice(0, most)
    .sort(compareNodes);
  const inside = new Set(kept);
  return {
    nodes: kept,
    edges: edges.filter(({ from, to }) => inside.has(from) && inside.has(to)).slice(0, most * 3),
    left: nodes.length - kept.length,
  };
}

function compareNodes(a: PictureNode, b: PictureNode): number {
  return compareText(a.group, b.group) || compareText(a.label, b.label);
}
