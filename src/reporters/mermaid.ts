import { safe } from '../domain/safe.ts';
import type { Picture, PictureEdge, PictureNode } from './picture.ts';

const longestLabel = 60;
const red = 'stroke:#d1242f,stroke-width:2px,stroke-dasharray:4 4';
const arrows = { whole: '-->', broken: '-.->', outside: '-.->' } as const satisfies Record<
  PictureEdge['state'],
  string
>;

/**
 * A flow chart in Mermaid's syntax, one statement a line. Ids are ours (`n0`), and a label holds letters, digits and
 * spaces; all else in it stands as an entity code, so no label can end its quotes, nor be read as markup.
 */
export function mermaid(picture: Picture): string {
  const ids = new Map<PictureNode, string>(picture.nodes.map((node, index) => [node, `n${index}`]));
  const lines = ['flowchart LR'];
  for (const [index, group] of [...new Set(picture.nodes.map((node) => node.group))].entries()) {
    lines.push(`  subgraph g${index}["${escapeMermaid(group)}"]`);
    const members = picture.nodes.filter((node) => node.group === group);
    lines.push(...members.map((node) => `    ${ids.get(node)}["${escapeMermaid(node.label)}"]`), '  end');
  }
  for (const { from, to, state } of picture.edges) lines.push(`  ${ids.get(from)} ${arrows[state]} ${ids.get(to)}`);

  const broken = picture.edges.flatMap(({ state }, index) => (state === 'broken' ? [index] : []));
  const missing = new Set(broken.map((index) => picture.edges[index]?.to).filter((node) => node !== undefined));
  for (const node of missing) lines.push(`  style ${ids.get(node)} ${red}`);
  if (broken.length > 0) lines.push(`  linkStyle ${broken.join(',')} ${red}`);
  return lines.join('\n');
}

/** A text for the quotes of a label: whatever is no letter, digit, mark or space becomes `#<code point>;`. */
export function escapeMermaid(text: string): string {
  const label = safe(text, longestLabel).replace(
    /[^\p{L}\p{N}\p{M} ]/gu,
    (character) => `#${character.codePointAt(0) ?? 0};`,
  );
  // Mermaid takes no empty label.
  return label.trim() === '' ? 'empty' : label;
}
