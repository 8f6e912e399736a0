import { createHash } from 'node:crypto';
import { openGitHubStore } from '../../../../src/stores/github/github.ts';
import { digestAt, request } from '../../../contracts/assets.ts';

/** Publishes one asset of so many MiB from a stream, reads it back if it is small, and says the peak of memory in MB. */
const [apiUrl = '', token = '', blocks = '0'] = process.argv.slice(2);
const block = Buffer.alloc(1024 * 1024, 'some content, ');

async function* open(): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < Number(blocks); index += 1) yield block;
}

const hash = createHash('sha256');
for await (const chunk of open()) hash.update(chunk);
const large = { name: 'large.bin', size: Number(blocks) * block.length, sha256: hash.digest('hex'), open };
const store = openGitHubStore('github:blue-team/detections', { apiUrl, token });
const draft = await store.begin(request('ML-DGA-20261122-2', 'run-1'));
await store.put(draft, large);
await store.seal(draft, [large]);
await store.commit(draft);
const read = Number(blocks) < 8 ? await digestAt(store, draft.name, large.name) : undefined;
process.stdout.write(JSON.stringify({ sha256: large.sha256, read, rss: process.resourceUsage().maxRSS / 1000 }));
