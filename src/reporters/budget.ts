/** Rows between a head and a tail, of which some may be left out for want of room. */
export interface Rows {
  readonly head: string;
  readonly rows: readonly string[];
  readonly tail: string;
  /** The sentence that stands after the tail when rows are missing. */
  readonly leftOut: (rows: number) => string;
}

/** A piece of a document: whole or not at all; or rows, each whole or not at all. */
export type Block = string | Rows;

// Room for the sentence about blocks that were left out.
const reserve = 500;
// Findings come first: when not all fits, rows get at least this share of the room.
const shareOfRows = 0.6;

/**
 * Joins blocks to one text that never exceeds a size, and never ends inside a row or a block. When all of it fits,
 * nothing is left out; else rows and blocks are kept from the front, and sentences say how many are missing.
 * @param limit bytes of UTF-8
 * @param leftOut the sentence about whole blocks that are missing
 */
export function withinLimit(blocks: readonly Block[], limit: number, leftOut: (blocks: number) => string): string {
  const encoder = new TextEncoder();
  const size = (text: string) => encoder.encode(text).length;
  const frame = (block: Rows) => size(block.head) + size(block.tail) + size(block.leftOut(block.rows.length));
  const fixed = blocks.reduce((sum, block) => sum + (typeof block === 'string' ? size(block) : frame(block)), 0);

  const room = limit - reserve;
  let roomForRows = Math.max(room - fixed, Math.floor(room * shareOfRows));
  let roomForText = room - roomForRows;
  let missing = 0;
  let text = '';
  for (const block of blocks) {
    const cost = typeof block === 'string' ? size(block) : frame(block);
    if (cost > roomForText) {
      missing += 1;
      continue;
    }
    roomForText -= cost;
    if (typeof block === 'string') {
      text += block;
      continue;
    }
    let kept = 0;
    while (kept < block.rows.length && size(block.rows[kept] ?? '') <= roomForRows) {
      roomForRows -= size(block.rows[kept] ?? '');
      kept += 1;
    }
    const left = block.rows.length - kept;
    text += block.head + block.rows.slice(0, kept).join('') + block.tail + (left > 0 ? block.leftOut(left) : '');
  }
  return missing > 0 ? text + leftOut(missing) : text;
}
