import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDirectoryStore } from '../../../src/stores/directory/directory.ts';
import { preflightContract } from '../../contracts/preflight.ts';
import { everything, temporaryFolder } from './temporary.ts';

/** The id of a process that has ended. */
const { pid: ended } = spawnSync(process.execPath, ['--version']);

preflightContract('A folder', async () => {
  const root = join(temporaryFolder(), 'releases');
  const claims = join(root, '.claims');
  return {
    open: () => openDirectoryStore(root),
    end: async (run) => {
      for (const file of readdirSync(claims)) {
        const claim = JSON.parse(readFileSync(join(claims, file), 'utf8'));
        if (claim.run === run) writeFileSync(join(claims, file), JSON.stringify({ ...claim, pid: ended }));
      }
    },
    state: () => {
      if (!existsSync(root)) return [];
      const files = everything(root).filter((path) => !path.endsWith('/'));
      return [everything(root), files.map((path) => readFileSync(join(root, path), 'base64'))];
    },
    spoil: async () => {
      rmSync(join(root, '.drafts'), { recursive: true });
      writeFileSync(join(root, '.drafts'), 'in the way\n');
    },
    close: async () => undefined,
  };
});
