import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { told } from '../commands/told.ts';
import { temporary } from '../e2e/mldr.ts';

const head = '[targets.staging]\n';
const sha256 = 'a'.repeat(64);

/** What is wrong, the file, the place that is named, and what is said. */
const faults: readonly (readonly [what: string, text: string, place: string, words: string])[] = [
  ['an unknown key', `${head}elasticsearch-ulr = "https://a.example"\n`, '2:1', 'Did you mean `elasticsearch-url`?'],
  ['a key for a secret', `${head}api-key = "x"\n`, '2:1', 'The key `api-key` is not known here'],
  ['a password in its address', `${head}elasticsearch-url = "https://u:p@a.example"\n`, '2:21', 'ELASTIC_API_KEY'],
  ['a user in the address of Kibana', `${head}kibana-url = "https://u@a.example"\n`, '2:14', 'everybody can read it'],
  ['no address', `${head}elasticsearch-url = "over there"\n`, '2:21', 'no URL'],
  [
    'two addresses',
    `${head}elasticsearch-url = "https://a.example"\ncloud-id = "a:b"\n`,
    '3:12',
    'may be two clusters',
  ],
  ['a release that is none', `${head}release = "v1.0"\n`, '2:11', '`v1.0` names no release'],
  ['a digest that is none', `${head}release = "ML-DGA-20261122-2@sha256:12"\n`, '2:11', 'NAME@sha256'],
  [
    'two releases of a family',
    `${head}release = ["ML-DGA-20261122-2", "ML-DGA-20261123-3@sha256:${sha256}"]\n`,
    '2:33',
    'one release of a family',
  ],
  ['no table', 'targets = "staging"\n', '1:11', 'must be object'],
];

it.each(faults)('a target with %s is an error at its place', async (_, text, place, words) => {
  const folder = temporary();
  writeFileSync(join(folder, 'ml-detection-release.toml'), text);
  const failed = await told({ command: 'list' }, folder);
  expect(failed).toMatchObject({ exit: 2, failure: { code: 'configuration-invalid' } });
  expect(failed.text).toContain(`ml-detection-release.toml:${place}: `);
  expect(failed.text).toContain(words);
});

it('a name that no variable can end in is an error', async () => {
  const folder = temporary();
  writeFileSync(join(folder, 'ml-detection-release.toml'), '[targets."Staging EU"]\n');
  expect((await told({ command: 'list' }, folder)).failure).toMatchObject({ code: 'configuration-invalid' });
});
