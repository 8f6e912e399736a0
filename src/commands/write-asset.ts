import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AssetContent } from '../stores/store.ts';

/** Writes an asset to a new file. */
export async function writeAsset(path: string, asset: AssetContent): Promise<void> {
  await pipeline(Readable.from(asset.open()), createWriteStream(path, { flags: 'wx' }));
}
