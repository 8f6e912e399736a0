/** What a draft of ours says of itself, at the end of its description; it stays when the draft is published. */
export interface Marker {
  readonly run: string;
  /** Digest of the bundle. */
  readonly digest: string;
  /** Whether the run made the tag, or found it. */
  readonly tag: 'made' | 'found';
  /** The process that works on it; undefined in markers of before there was one. */
  readonly nonce?: string | undefined;
}

// At the very end: a description that quotes a marker is not one.
const form =
  /\r?\n\r?\n<!-- mldr v1 run=([A-Za-z0-9._-]{1,100}) bundle=([A-Za-z0-9:]{1,100}) tag=(made|found)(?: by=([0-9a-f]{16}))? -->\s*$/;

/** Longest description that GitHub takes, in characters. */
export const longestBody = 125_000;

/** A description with its marker. */
export function withMarker(notes: string, { run, digest, tag, nonce }: Marker): string {
  return `${notes}\n\n<!-- mldr v1 run=${run} bundle=${digest} tag=${tag}${nonce === undefined ? '' : ` by=${nonce}`} -->`;
}

/** The marker of a description; undefined where a person or another tool wrote it. */
export function markerOf(body: string): Marker | undefined {
  const [, run, digest, tag, nonce] = form.exec(body) ?? [];
  if (run === undefined || digest === undefined) return undefined;
  return { run, digest, tag: tag === 'made' ? 'made' : 'found', nonce };
}

/** A description without its marker. */
export function notesOf(body: string): string {
  return body.replace(form, '');
}
