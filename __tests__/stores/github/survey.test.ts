import { describe, expect, it, onTestFinished } from 'vitest';
import type { History } from '../../../src/domain/history.ts';
import { readHistory } from '../../../src/publish/history.ts';
import type { ReleaseStore } from '../../../src/stores/store.ts';
import { filledRepository } from '../../github-server/filled.ts';
import { addRelease, commitSha, emptyRepository, type RepositoryState } from '../../github-server/state.ts';
import { createRandom } from '../../random.ts';
import { type Place, startPlace } from './place.ts';

const rounds = 12;
const last = 'ML-DGA-20260301-900';

async function placeOf(repository: RepositoryState): Promise<Place> {
  const place = await startPlace(repository);
  onTestFinished(async () => {
    await place.server.close();
    expect(place.server.problems).toEqual([]);
  });
  return place;
}

/** What a validation goes by; the indexes that a next one is made from are the publisher's alone. */
async function historyOf(store: ReleaseStore, sparing: boolean): Promise<Omit<History, 'madeFrom'>> {
  const options = { family: 'ML-DGA', sparing, onCorruptIndex: 'read-manifests' } as const;
  const { madeFrom: _, ...history } = await readHistory(store, options);
  return history;
}

/** Does to a repository what people do to theirs. */
async function livedIn(seed: number): Promise<RepositoryState> {
  const random = createRandom(seed);
  const { repository, names } = await filledRepository(110 + random.below(150), random.below(6));
  const { refs } = repository;
  const remove = (name: string): void => {
    repository.releases = repository.releases.filter(({ tag }) => tag !== name);
    refs.delete(`tags/${name}`);
  };
  if (random.chance(0.3)) for (const { assets } of repository.releases) if (random.chance(0.97)) assets.length = 2;
  if (random.chance(0.5)) for (let count = random.below(6); count > 0; count -= 1) remove(random.pick(names));
  for (let count = random.below(8); count > 0; count -= 1) {
    refs.set(`tags/ML-DGA-20260201-${500 + count}`, { type: 'commit', sha: commitSha });
  }
  for (let count = random.below(random.pick([4, 40])); count > 0; count -= 1) {
    const createdAt = random.pick(['2025-01-01T00:00:00Z', '2026-01-01T01:00:00Z', '2026-06-01T00:00:00Z']);
    const name = random.pick([`ML-Old-20250101-${count}`, `ML-DGA-20250101-${count}-rc`]);
    addRelease(repository, name, { 'a.txt': Buffer.from(name) }, { createdAt });
  }
  if (random.chance(0.5)) addRelease(repository, last, {}, { draft: true, createdAt: '2026-07-01T00:00:00Z' });
  return repository;
}

describe('a history that was read in few requests', () => {
  it.each(Array.from({ length: rounds }, (_, seed) => [seed]))('is the whole one: repository %i', async (seed) => {
    const { server, open, reader } = await placeOf(await livedIn(seed));
    for (const token of [undefined, reader]) {
      const options = token === undefined ? {} : { token };
      const exact = await historyOf(open(options), false);
      const before = server.requests.length;
      expect(await historyOf(open(options), true)).toEqual(exact);
      expect(exact.names).not.toContain(last);
      process.stdout.write(`  ${exact.names.length} names: ${server.requests.length - before} requests\n`);
    }
  });

  it('turns pages rather than asking for each of many releases that no index lists', async () => {
    const repository = emptyRepository();
    for (let index = 1; index <= 400; index += 1) {
      const createdAt = new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString();
      addRelease(repository, `ML-Old-20250101-${index}`, { 'a.txt': Buffer.from('no manifest') }, { createdAt });
    }
    const { server, open } = await placeOf(repository);
    const { withoutManifest } = await historyOf(open(), true);
    expect(withoutManifest).toHaveLength(400);
    expect(server.requests.length).toBeLessThanOrEqual(10);
  });

  it('takes a release whose tag stayed for one that is there, where an index lists it', async () => {
    const { repository, names } = await filledRepository(150);
    const [oldest = ''] = names;
    repository.releases = repository.releases.filter(({ tag }) => tag !== oldest);
    const { open } = await placeOf(repository);
    expect((await historyOf(open(), false)).removed).toEqual([oldest]);
    expect(await historyOf(open(), true)).toMatchObject({ removed: [], names: expect.arrayContaining([oldest]) });
  });

  it('does without the source of an index that was deleted while its tag stayed', async () => {
    const { repository, names } = await filledRepository(150);
    const source = names.at(-2) ?? '';
    repository.releases = repository.releases.filter(({ tag }) => tag !== source);
    const { open } = await placeOf(repository);
    const { removed, remarks } = await historyOf(open(), true);
    expect(removed).toEqual([source]);
    expect(remarks?.[0]).toContain('which is no longer there');
  });
});
