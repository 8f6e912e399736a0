import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { corpusBytes, corpusRows } from '../../corpus.ts';
import { demandAgreement, readOurs } from './readers.ts';

const rows = corpusRows('archive-zip');
const fixtures = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'fixtures', 'corpus');

describe('the zips of the corpus', () => {
  it('are all here', () => {
    const files = ['known', 'benign'].flatMap((set) => readdirSync(join(fixtures, set, 'archive-zip')));
    expect(files.sort()).toEqual(rows.map(({ file }) => basename(file)).sort());
    expect(rows.filter(({ expected }) => expected === 'reject')).toHaveLength(34);
    expect(rows.filter(({ expected }) => expected === 'accept')).toHaveLength(5);
  });

  it.each(rows.filter(({ expected }) => expected === 'reject'))('$id is refused: $wrong', async (row) => {
    const { findings } = await readOurs(corpusBytes(row));
    // The first finding is the one a person reads.
    expect(findings[0]?.check).toBe(row.check);
  });

  it.each(rows.filter(({ expected }) => expected === 'accept'))('$id is accepted: $wrong', async (row) => {
    const archive = corpusBytes(row);
    const { findings, members, contents } = await readOurs(archive);
    expect(findings).toEqual([]);
    expect(members.length).toBeGreaterThanOrEqual(5);
    await demandAgreement(archive, contents);
  });
});
