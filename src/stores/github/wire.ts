import { isArray, isObject, member, type Value } from '../../domain/document.ts';
import { unreachable } from './connection.ts';

/** An asset as GitHub describes it. */
export interface RemoteAsset {
  readonly id: number;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** False for what a failed upload left (`starter`). */
  readonly whole: boolean;
  /** Lower-case hex; undefined where GitHub does not know it. */
  readonly sha256: string | undefined;
}

/** A release or a draft as GitHub describes it. */
export interface RemoteRelease {
  readonly id: number;
  readonly tag: string;
  readonly draft: boolean;
  readonly body: string;
  readonly createdAt: string;
  /** ISO 8601, UTC; undefined for a draft. */
  readonly publishedAt: string | undefined;
  readonly page: string;
  /** Without its template. */
  readonly uploadUrl: string;
  readonly assets: readonly RemoteAsset[];
}

/** A Git reference. */
export interface RemoteRef {
  /** `refs/tags/…` */
  readonly ref: string;
  readonly type: string;
  readonly sha: string;
}

/** @throws Failure `github-unreachable` where a value is no such thing: whatever answered, it was not GitHub's API */
export function releaseFrom(value: Value | undefined): RemoteRelease {
  const [id, tag, draft, body] = ['id', 'tag_name', 'draft', 'body'].map((key) => member(value, key));
  const [created, published, page, upload] = ['created_at', 'published_at', 'html_url', 'upload_url'].map((key) =>
    member(value, key),
  );
  const assets = member(value, 'assets');
  if (typeof id !== 'number' || typeof tag !== 'string' || typeof draft !== 'boolean' || !isArray(assets)) {
    throw notWhatWasAsked('a release');
  }
  return {
    id,
    tag,
    draft,
    body: text(body),
    createdAt: text(created),
    publishedAt: typeof published === 'string' ? new Date(published).toISOString() : undefined,
    page: text(page),
    uploadUrl: text(upload).replace(/\{.*$/, ''),
    assets: assets.map(assetFrom),
  };
}

/** @throws Failure `github-unreachable` */
export function assetFrom(value: Value | undefined): RemoteAsset {
  const [id, name, size, state, digest] = ['id', 'name', 'size', 'state', 'digest'].map((key) => member(value, key));
  if (typeof id !== 'number' || typeof name !== 'string' || typeof size !== 'number') throw notWhatWasAsked('an asset');
  const sha256 = typeof digest === 'string' ? /^sha256:([0-9a-f]{64})$/i.exec(digest)?.[1]?.toLowerCase() : undefined;
  return { id, name, size, whole: state === 'uploaded', sha256 };
}

/** @throws Failure `github-unreachable` */
export function refFrom(value: Value | undefined): RemoteRef {
  const ref = member(value, 'ref');
  const { type, sha } = objectFrom(value);
  if (typeof ref !== 'string') throw notWhatWasAsked('a reference');
  return { ref, type, sha };
}

/** What a reference or an annotated tag points at. @throws Failure `github-unreachable` */
export function objectFrom(value: Value | undefined): { readonly type: string; readonly sha: string } {
  const object = member(value, 'object');
  const [type, sha] = [member(object, 'type'), member(object, 'sha')];
  if (!isObject(object) || typeof type !== 'string' || typeof sha !== 'string') throw notWhatWasAsked('a reference');
  return { type, sha };
}

function text(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function notWhatWasAsked(what: string): Error {
  return unreachable('The API', new Error(`what came back is not ${what}`));
}
