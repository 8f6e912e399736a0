import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type Told, told } from '../../commands/told.ts';
import { temporary } from '../../e2e/mldr.ts';
import { addRelease, emptyRepository, type RepositoryState } from '../../github-server/state.ts';
import { address, impatient, type Place, startPlace } from './place.ts';

const name = 'ML-DGA-20261101-1';
const file = 'ml-detection-release.toml';
const model = 'a'.repeat(64);
// As the historic tool wrote it: what is compared is its digest.
const manifest = Buffer.from(JSON.stringify({ [`${name}.zip`]: { 'dga_1_model.json': { sha256: model } } }));
const sha256 = createHash('sha256').update(manifest).digest('hex');
const row = (tag: string, reason: string, digest = sha256) =>
  `[[yanked]]\ntag = "${tag}"\ndigest = "${digest}"\nreason = "${reason}"\n`;

async function place(prepare: (repository: RepositoryState) => void): Promise<Place> {
  const repository = emptyRepository();
  addRelease(repository, name, { [`manifest-${name}.json`]: manifest });
  prepare(repository);
  const started = await startPlace(repository);
  onTestFinished(async () => {
    await started.server.close();
    expect(started.server.problems).toEqual([]);
  });
  return started;
}

/** Runs a command against the repository, with a configuration here. */
async function at(
  { server, token }: Place,
  command: 'list' | 'next-name' | 'get',
  here = '',
  more: { readonly 'allow-yanked'?: true } = {},
): Promise<Told> {
  const folder = temporary();
  if (here !== '') writeFileSync(join(folder, file), here);
  const inputs = { command, store: address, kind: 'ml-dga', release: name, ...more } as const;
  return await told(inputs, folder, { GITHUB_API_URL: server.apiUrl, GITHUB_TOKEN: token });
}

it('counts the list on the default branch, whatever the folder says', async () => {
  const there = await place(({ files }) => void files.set(file, row(name, 'it flags every domain')));
  expect((await at(there, 'list')).text).toContain('yanked: it flags every domain');
  expect((await at(there, 'list', 'version = 1\n')).text).toContain('yanked: it flags every domain');
  const refused = await at(there, 'get');
  expect(refused).toMatchObject({ exit: 1, failure: { code: 'release-yanked' } });
  expect(refused.text).toContain(`is yanked by ${file} of ${address}: it flags every domain.`);
});

it('joins both lists, and takes an entry of both once, as the folder words it', async () => {
  const there = await place(({ files }) => {
    files.set(file, row(name, 'as the branch words it') + row('ML-DGA-20261105-7', 'lost'));
  });
  const { text } = await at(there, 'list', row(name, 'as the folder words it'));
  expect(text).toContain('yanked: as the folder words it');
  expect(text).not.toContain('as the branch words it');
  expect(text).toContain('yanks ML-DGA-20261105-7, which is not in the store');
  expect((await at(there, 'next-name')).text).toBe('ML-DGA-20261122-8\n');
});

it('says where both lists disagree about what was published', async () => {
  const there = await place(({ files }) => void files.set(file, row(name, 'there', 'b'.repeat(64))));
  const { text } = await at(there, 'list', row(name, 'here'));
  expect(text).toContain('yanked: here');
  expect(text).toContain(`${file} of ${address} yanks ${name} with a manifest of sha256 ${'b'.repeat(64)}`);
});

it('takes no file for no list', async () => {
  const there = await place(() => undefined);
  const listed = await at(there, 'list');
  expect(listed.exit).toBe(0);
  expect(listed.text.split('\n').filter((line) => line !== '')).toHaveLength(1);
});

it.each([
  ['is no TOML', 'version = \n', 'cannot be seen'],
  ['is too large', `# ${'x'.repeat(1024 * 1024)}\n`, 'is too large'],
  ['has an entry without a digest', `[[yanked]]\ntag = "${name}"\nreason = "why"\n`, 'is no SHA-256'],
  ['has an entry without a reason', `[[yanked]]\ntag = "${name}"\ndigest = "${sha256}"\n`, '`reason`'],
  ['has an entry without a tag', `[[yanked]]\ndigest = "${sha256}"\n`, '`tag` is missing'],
  ['has no list there', 'yanked = 1\n', 'no list of tables'],
])('says it where the file on the default branch %s', async (_, text, words) => {
  const there = await place(({ files }) => void files.set(file, text));
  expect((await at(there, 'list')).text).toContain(words);
  const next = await at(there, 'next-name');
  expect(next.text).toBe('ML-DGA-20261122-2\n');
  expect(next.progress.join('\n')).toContain(words);
});

it('keeps a release yanked whatever else is wrong with its entry, and knows keys of later versions', async () => {
  const entry = `[[yanked]]\ntag = "${name}"\nreplacement = 3\nsince = "later"\n`;
  const there = await place(({ files }) => void files.set(file, `later = true\n${entry}`));
  expect(await at(there, 'get')).toMatchObject({ failure: { code: 'release-yanked' } });
});

it('says it where the file cannot be asked for', async () => {
  const there = await place(() => undefined);
  // The last request of a listing is that for the file.
  await at(there, 'list');
  const number = there.server.requests.findIndex(({ template }) => template.includes('/contents/'));
  const again = there.server.requests.length + number;
  there.server.faults.set(again, '403');
  const { text, exit } = await at(there, 'list');
  expect(there.server.requests[again]?.template).toContain('/contents/');
  expect(exit).toBe(0);
  expect(text).toContain('cannot be seen: Cannot read `ml-detection-release.toml`: GitHub answered 403');
});

it.each([
  ['is no TOML', 'version = \n'],
  ['is too large', `# ${'x'.repeat(1024 * 1024)}\n`],
  ['has no list there', 'yanked = 1\n'],
  ['has one table in the place of the list', `[yanked]\ntag = "${name}"\n`],
])('gives no release away where the file on the default branch %s, unless it is asked for', async (_, text) => {
  const there = await place(({ files }) => void files.set(file, text));
  const refused = await at(there, 'get');
  expect(refused).toMatchObject({ exit: 2, failure: { code: 'yanked-unknown' } });
  expect(refused.text).toContain(
    `\`${name}\` was not taken. Whether ${file} of ${address} yanks releases cannot be seen`,
  );
  expect(refused.text).toContain('--allow-yanked');
  // This release of old is refused for its own sake, but after the list.
  const allowed = await at(there, 'get', '', { 'allow-yanked': true });
  expect(allowed.failure?.code).not.toBe('yanked-unknown');
});

it('still says why a release is yanked that the folder knows of, where the other list cannot be read', async () => {
  const there = await place(({ files }) => void files.set(file, 'version = \n'));
  const refused = await at(there, 'get', row(name, 'as the folder words it'));
  expect(refused).toMatchObject({ exit: 1, failure: { code: 'release-yanked' } });
});

it('gives no release away where GitHub does not answer for the file', async () => {
  const there = await place(() => undefined);
  await at(there, 'get');
  const number = there.server.requests.findIndex(({ template }) => template.includes('/contents/'));
  const again = there.server.requests.length + number;
  there.server.faults.set(again, '403');
  const refused = await at(there, 'get');
  expect(there.server.requests[again]?.template).toContain('/contents/');
  expect(refused).toMatchObject({ exit: 2, failure: { code: 'yanked-unknown' } });
  expect(refused.text).toContain('GitHub answered 403');
});

it('gives the file to whoever opens the store', async () => {
  const there = await place(({ files }) => void files.set(file, 'version = 1\n'));
  const store = there.open({ patience: impatient });
  expect(Buffer.from((await store.settings?.(file)) ?? []).toString()).toBe('version = 1\n');
  expect(await store.settings?.('none.toml')).toBeUndefined();
});
