import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GoldenRow } from './golden.ts';

/** Models whose golden predictions are at hand. */
export type GoldenModel = 'dga_1000_1.0' | 'dga_1000000_3.0';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'fixtures', 'golden');

/** The golden predictions of a model: 60 names, the same for each. */
export function goldenRows(model: GoldenModel): GoldenRow[] {
  const lines = readFileSync(join(folder, `${model}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as GoldenRow);
}
