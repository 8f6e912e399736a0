import type { Value } from '../../domain/document.ts';
import { jsonPieces } from '../../domain/json-pieces.ts';

/** A body that is written as it is sent: what it holds is in memory once, and its text never as a whole. */
export interface StreamedBody {
  /** Length of the text in bytes. */
  readonly bytes: number;
  /** The text, anew for each try. */
  chunks(): Iterable<string>;
}

/** Characters of one write: pieces are far smaller. */
const chunk = 64 * 1024;

/** The JSON text of a value as the body of a request. */
export function jsonBody(value: Value): StreamedBody {
  let bytes = 0;
  for (const piece of jsonPieces(value)) bytes += Buffer.byteLength(piece);
  return { bytes, chunks: () => joined(jsonPieces(value)) };
}

function* joined(pieces: Iterable<string>): Generator<string> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < chunk) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
