import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RepositoryState } from './state.ts';

/** What the storage host may do wrong, once. */
export type StorageFault = 'cut' | 'ignore-range' | 'other-bytes' | '503' | 'redirect';

/** The host that keeps the bytes: it knows signed addresses, and must never see a token. */
export function answerStorage(
  request: IncomingMessage,
  response: ServerResponse,
  repository: RepositoryState,
  fault: StorageFault | undefined,
): void {
  const id = /^\/objects\/(\d+)\?signature=/.exec(request.url ?? '')?.[1];
  const asset = repository.releases.flatMap(({ assets }) => assets).find((candidate) => String(candidate.id) === id);
  if (fault === '503') return void response.writeHead(503).end('busy');
  if (fault === 'redirect') return void response.writeHead(302, { location: `${request.url}` }).end();
  if (asset?.bytes === undefined) return void response.writeHead(404).end('no such object');
  const bytes = fault === 'other-bytes' ? Buffer.alloc(asset.size, 'x') : asset.bytes;
  const from = fault === 'ignore-range' ? undefined : /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const part = bytes.subarray(Number(from ?? 0));
  response.writeHead(from === undefined ? 200 : 206, {
    'content-length': part.length,
    ...(from === undefined ? {} : { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
  });
  if (fault !== 'cut') return void response.end(part);
  response.write(part.subarray(0, Math.floor(part.length / 2)), () => response.destroy());
}
