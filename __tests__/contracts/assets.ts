import { createHash } from 'node:crypto';
import { Failure, type FailureCode } from '../../src/errors.ts';
import type { AssetContent, Draft, DraftRequest, ReleaseDetails, ReleaseStore } from '../../src/stores/store.ts';

/** Bytes that depend on a seed alone and do not compress. */
export function seededBytes(seed: string, size: number): Buffer {
  return createHash('shake256', { outputLength: size }).update(seed).digest();
}

/** An asset over bytes, which it gives in chunks. */
export function asset(name: string, bytes: Buffer, chunk = 64 * 1024): AssetContent {
  return {
    name,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    open: async function* () {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    },
  };
}

/** An asset whose bytes are not those that it announces. */
export function lying(announced: AssetContent, bytes: Buffer): AssetContent {
  return { ...announced, open: asset(announced.name, bytes).open };
}

/** Three assets that differ by seed: a small one, one of many chunks, and one of one byte; sorted by name. */
export function threeAssets(seed: string): Record<'sums' | 'zip' | 'least', AssetContent> & { three: AssetContent[] } {
  const sums = asset('SHA256SUMS', seededBytes(`${seed} sums`, 214));
  const zip = asset('bundle.zip', seededBytes(`${seed} zip`, 300_000));
  // The smallest that every store takes: GitHub takes no empty file.
  const least = asset('least.txt', Buffer.alloc(1));
  return { sums, zip, least, three: [sums, zip, least] };
}

/** A request to publish; the digest is a bundle's in form only. */
export function request(name: string, run: string, seed = 'bundle'): DraftRequest {
  const digest = createHash('sha256').update(seed).digest('hex');
  return {
    name,
    run,
    digest,
    commit: '0123456789abcdef0123456789abcdef01234567',
    notes: `Notes of ${name}\nby ${run}`,
  };
}

/** Begins, puts what is not present, seals and commits. */
export async function publishAll(
  store: ReleaseStore,
  wanted: DraftRequest,
  assets: readonly AssetContent[],
): Promise<ReleaseDetails> {
  const draft = await store.begin(wanted);
  await putMissing(store, draft, assets);
  await store.seal(draft, assets);
  return await store.commit(draft);
}

/** Puts every asset that the draft does not hold with this digest. */
export async function putMissing(store: ReleaseStore, draft: Draft, assets: readonly AssetContent[]): Promise<void> {
  for (const wanted of assets) if (draft.present.get(wanted.name) !== wanted.sha256) await store.put(draft, wanted);
}

/** SHA-256 of the bytes of a published asset; undefined where there is none. */
export async function digestAt(store: ReleaseStore, name: string, file: string): Promise<string | undefined> {
  const stream = await store.read(name, file);
  if (stream === undefined) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}

/** What a promise fails with: the code of its `Failure`; an error of any other kind is thrown on. */
export async function codeOf(work: Promise<unknown>): Promise<FailureCode | 'done'> {
  return (await failureOf(work))?.code ?? 'done';
}

/** The `Failure` of a promise, undefined where it succeeds; an error of any other kind is thrown on. */
export async function failureOf(work: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
