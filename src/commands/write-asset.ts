import { open } from 'node:fs/promises';
import type { AssetContent } from '../stores/store.ts';

/** Writes an asset to a new file. */
export async function writeAsset(path: string, asset: AssetContent): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    for await (const chunk of asset.open()) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
}
