import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { told } from '../commands/told.ts';
import { temporary } from '../e2e/mldr.ts';

const sha256 = '76f403cb868d82da151a56b2d8477967303baa5e0ec5224b13b2e70de4c3be2b';
const good = `[[yanked]]\ntag = "ML-DGA-20261101-1"\ndigest = "${sha256}"\nreason = "why"\n`;
const other = good.replace('1101-1', '1102-2');

/** What is wrong, the file, the place that is named, and what is said. */
const faults: readonly (readonly [what: string, text: string, place: string, words: string])[] = [
  ['an unknown key', `${good}replacment = "x"\n`, '5:1', 'Did you mean `replacement`?'],
  ['no tag', `[[yanked]]\ndigest = "${sha256}"\nreason = "why"\n`, '1:1', '`tag` is missing'],
  ['no digest', '[[yanked]]\ntag = "ML-DGA-20261101-1"\nreason = "why"\n', '1:1', '`digest` is missing'],
  ['no reason', `[[yanked]]\ntag = "ML-DGA-20261101-1"\ndigest = "${sha256}"\n`, '1:1', '`reason` is missing'],
  ['an empty reason', good.replace('"why"', '""'), '4:10', 'must'],
  ['a tag that is no release name', good.replace('ML-DGA-20261101-1', 'v1.0'), '2:7', '`v1.0` is no release name'],
  ['a tag of no day', good.replace('20261101', '20261131'), '2:7', 'no day of the calendar'],
  ['a tag with a leading zero', good.replace('-1"', '-01"'), '2:7', 'begins with 0'],
  ['a digest that is none', good.replace(sha256, sha256.slice(1)), '3:10', 'manifest-ML-DGA-20261101-1.json'],
  ['a digest of another kind', good.replace(sha256, `sha512:${sha256}`), '3:10', 'is no SHA-256'],
  ['a tag twice', `${good}${good}`, '6:7', 'yanked already'],
  ['itself as replacement', `${good}replacement = "ML-DGA-20261101-1"\n`, '5:15', 'cannot replace itself'],
  ['a replacement that is no name', `${good}replacement = "the next one"\n`, '5:15', 'is no release name'],
  ['a replacement that is yanked', `${good}replacement = "ML-DGA-20261102-2"\n${other}`, '5:15', 'is yanked too'],
  ['no table', 'yanked = "ML-DGA-20261101-1"\n', '1:10', 'must be array'],
];

it.each(faults)('an entry with %s is an error at its place', async (_, text, place, words) => {
  const folder = temporary();
  writeFileSync(join(folder, 'ml-detection-release.toml'), text);
  const failed = await told({ command: 'list' }, folder);
  expect(failed).toMatchObject({ exit: 2, failure: { code: 'configuration-invalid' } });
  expect(failed.text).toContain(`ml-detection-release.toml:${place}: `);
  expect(failed.text).toContain(words);
});

it('an entry may write its digest as a pin does, and in capitals', async () => {
  const folder = temporary();
  const text = good.replace(sha256, `sha256:${sha256.toUpperCase()}`);
  writeFileSync(join(folder, 'ml-detection-release.toml'), `${text}replacement = "ML-DGA-20261105-3"\n${other}`);
  expect(await told({ command: 'list' }, folder)).toMatchObject({ exit: 0 });
});
