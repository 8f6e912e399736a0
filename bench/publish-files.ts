import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { commitSha } from '../__tests__/github-server/state.ts';
import { planned } from '../__tests__/stores/github/job.ts';
import { defaultLimits } from '../src/domain/limits.ts';
import { openFileSource } from '../src/formats/file-source.ts';
import { chunksOf } from '../src/formats/source.ts';
import { publishRelease } from '../src/publish/publish.ts';
import { openGitHubStore } from '../src/stores/github/github.ts';
import type { AssetContent } from '../src/stores/store.ts';

/** Publishes files under the tag of the environment as the product does it, from the claim to the last look. */
async function publishFiles(paths: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const { GITHUB_API_URL: apiUrl = '', GITHUB_TOKEN: token = '', GITHUB_REF_NAME: name = '' } = env;
  const store = openGitHubStore(`github:${env['GITHUB_REPOSITORY']}`, { apiUrl, token, givenTag: name });
  const assets: AssetContent[] = [];
  for (const path of paths) assets.push(assetOf(path));
  const request = { name, run: 'bench', digest: '0'.repeat(64), commit: commitSha, notes: `Notes of ${name}` };
  await publishRelease(store, planned(store, { request, assets }, []), { limits: defaultLimits });
}

function assetOf(path: string): AssetContent {
  const source = openFileSource(path);
  const hash = createHash('sha256');
  for (const chunk of chunksOf(source)) hash.update(chunk);
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield* chunksOf(source);
  };
  return { name: basename(path), size: source.size, sha256: hash.digest('hex'), open };
}

publishFiles(process.argv.slice(2), process.env).catch((error: unknown) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 2;
});
