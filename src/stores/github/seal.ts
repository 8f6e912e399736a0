import type { PlannedAsset } from '../../domain/plan.ts';
import { safe } from '../../domain/safe.ts';
import { isSame } from './assets.ts';
import type { Client } from './client.ts';
import type { RemoteAsset } from './wire.ts';

/**
 * Compares what a release holds with what it is to hold: names, sizes, digests, nothing more and nothing less.
 * @returns every difference, in words
 */
export async function differences(
  client: Client,
  found: readonly RemoteAsset[],
  expected: readonly PlannedAsset[],
): Promise<string[]> {
  const planned = new Set(expected.map(({ name }) => name));
  const extra = found.filter(({ name }) => !planned.has(name)).map(({ name }) => `\`${safe(name)}\` is not expected`);
  const wrong: string[] = [];
  for (const asset of expected) {
    const remote = found.find(({ name }) => name === asset.name);
    const name = `\`${safe(asset.name)}\``;
    if (remote === undefined) wrong.push(`${name} is missing`);
    else if (!remote.whole) wrong.push(`${name} was not uploaded whole`);
    else if (!(await isSame(client, remote, asset))) {
      wrong.push(
        `${name} holds ${remote.size} bytes with sha256 ${remote.sha256 ?? 'unlike'} instead of ${asset.sha256}`,
      );
    }
  }
  return [...extra, ...wrong];
}
