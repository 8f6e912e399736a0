import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether every case runs, and not those alone that fit into a usual run: `MATRIX=whole`, `scripts/reliability.mjs`. */
export const whole = process.env['MATRIX'] === 'whole';

/** Keeps what was proven for `docs/reliability.md`, where somebody gathers it: one file a name. */
export function record(name: string, result: object): void {
  const folder = process.env['RELIABILITY'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(result));
}
