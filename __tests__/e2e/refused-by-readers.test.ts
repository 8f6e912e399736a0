import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dga, mldr, workFolder } from './mldr.ts';

const bundle = `examples/${dga}`;

describe('a bundle whose zip would be refused by its readers', () => {
  // Below and above the size from which entries are streamed.
  test.each([2_000_000, 40_000_000])('with a file of %i blanks is refused before anything is published', (size) => {
    const folder = workFolder(dga);
    writeFileSync(join(folder, bundle, 'README.md'), ' '.repeat(size));
    for (const words of [
      ['release', bundle],
      ['release', bundle, '--dry-run'],
      ['pack', bundle],
    ]) {
      const ran = mldr(folder, words);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toMatch(/pack-refused[\s\S]*README\.md[\s\S]*200:1/);
    }
    expect(readdirSync(folder)).toEqual(['examples']);
  });

  test.each([['archive-bytes=2000'], ['ratio=2'], ['entries=3'], ['entry-bytes=1000'], ['expanded-bytes=20000']])(
    'under the limit %s is refused before anything is published, or reads back',
    (limit) => {
      const folder = workFolder(dga);
      writeFileSync(join(folder, bundle, 'README.md'), 'words and words\n'.repeat(100_000));
      const ran = mldr(folder, ['release', bundle, '--limit', limit]);
      expect([1, 2]).toContain(ran.code);
      expect(existsSync(join(folder, 'releases', dga))).toBe(false);
    },
  );
});
