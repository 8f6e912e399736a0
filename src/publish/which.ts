import { createHash } from 'node:crypto';
import type { History } from '../domain/history.ts';
import type { Limits } from '../domain/limits.ts';
import { openFileSource } from '../formats/file-source.ts';
import { chunksOf } from '../formats/source.ts';

/** What is looked for: a file's digests, or the id of a model. */
export interface WhichQuery {
  /** Lower-case hex SHA-256: of bytes, of the historic canonical text, or of a manifest. */
  readonly digests?: readonly string[];
  readonly model?: string;
}

/** A release that holds what was looked for. */
export interface Match {
  readonly release: string;
  /** The file, where one was found; undefined for a manifest and for a model id. */
  readonly path?: string;
  readonly by: 'sha256' | 'canonical sha256' | 'manifest' | 'model';
}

/** Finds the releases that hold a file or a model, sorted by name. */
export function findReleases({ releases }: History, { digests = [], model }: WhichQuery): Match[] {
  return releases.flatMap(({ name, manifestSha256, models, entries }) => {
    const found: Match[] = [];
    for (const { path, sha256, canonicalSha256 } of entries) {
      if (digests.includes(sha256)) found.push({ release: name, path, by: 'sha256' });
      else if (canonicalSha256 !== undefined && digests.includes(canonicalSha256)) {
        found.push({ release: name, path, by: 'canonical sha256' });
      }
    }
    if (digests.includes(manifestSha256)) found.push({ release: name, by: 'manifest' });
    if (model !== undefined && models.includes(model)) found.push({ release: name, by: 'model' });
    return found;
  });
}

/** A query from a text: a digest, or else the id of a model. */
export function queryOf(text: string): WhichQuery {
  return /^[0-9a-f]{64}$/i.test(text) ? { digests: [text.toLowerCase()] } : { model: text };
}

/** Larger files are no JSON model that the historic tool could have re-saved. */
const canonicalBytes = 256 * 1024 * 1024;

/**
 * A query for a file: the digest of its bytes and, where it is JSON, of its historic canonical text.
 * @throws Failure `path-not-found`, `file-unreadable`, `file-changed`
 */
export async function queryOfFile(path: string, limits: Limits): Promise<WhichQuery> {
  const source = openFileSource(path);
  try {
    const hash = createHash('sha256');
    for (const chunk of chunksOf(source)) hash.update(chunk);
    const digests = [hash.digest('hex')];
    if (/\.json$/i.test(path) && source.size <= canonicalBytes) {
      const { readJson } = await import('../formats/json/read.ts');
      const { text } = await readJson(source.read(0, source.size), path, { depth: limits.modelDepth });
      const { canonicalSha256 } = await import('../formats/json/canonical.ts');
      if (text !== undefined) digests.push(canonicalSha256(text));
    }
    source.verifyUnchanged();
    return { digests };
  } finally {
    source.close();
  }
}
