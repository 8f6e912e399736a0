import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Verdict } from '../src/domain/severity.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'corpus');

/** One row of the corpus's table. */
export interface CorpusRow {
  readonly id: string;
  readonly file: string;
  readonly wrong: string;
  readonly expected: Verdict;
  /** Id of the check that has to say it; empty for benign files. */
  readonly check: string;
}

/** The rows of one area, in the table's order. */
export function corpusRows(area: string): CorpusRow[] {
  const [, ...lines] = readFileSync(join(folder, 'expected.csv'), 'utf8').trim().split(/\r?\n/);
  const rows = lines.map(fieldsOf).filter((fields) => fields[4] === area);
  return rows.map(([id = '', , file = '', , , wrong = '', expected, diagnostic = '']) => {
    if (expected !== 'accept' && expected !== 'warn' && expected !== 'reject')
      throw new Error(`${id}: expected is ${expected}`);
    return { id, file, wrong, expected, check: diagnostic.replaceAll('/', '-') };
  });
}

/** The bytes of a row's file; a file that is missing or was changed is an error. */
export function corpusBytes({ id, file }: CorpusRow): Buffer {
  const bytes = readFileSync(join(folder, file));
  const table = readFileSync(join(folder, 'expected.csv'), 'utf8');
  if (!table.includes(createHash('sha256').update(bytes).digest('hex')))
    throw new Error(`${id} is not the corpus's file`);
  return bytes;
}

function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((match) => match[1] ?? match[2] ?? '');
}
