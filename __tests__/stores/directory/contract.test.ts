import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDirectoryStore } from '../../../src/stores/directory/directory.ts';
import { releaseStoreContract } from '../../contracts/release-store.ts';

releaseStoreContract('a folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  return {
    open: () => openDirectoryStore(join(folder, 'releases')),
    close: async () => rmSync(folder, { recursive: true }),
  };
});
