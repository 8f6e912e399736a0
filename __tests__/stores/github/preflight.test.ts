import { expect, it, onTestFinished } from 'vitest';
import { emptyRepository, frozenCopy, type RepositoryState } from '../../github-server/state.ts';
import { type Place, plantedToken, startPlace } from './place.ts';

async function place(
  prepare: (repository: RepositoryState) => void = () => undefined,
  formerly?: string,
): Promise<Place> {
  const repository = formerly === undefined ? emptyRepository() : { ...emptyRepository(), name: 'rules' };
  prepare(repository);
  const started = await startPlace(repository, formerly === undefined ? {} : { formerly });
  onTestFinished(async () => {
    await started.server.close();
    expect(started.server.problems).toEqual([]);
  });
  return started;
}

it('finds nothing in the way of a good token, and leaves nothing behind', async () => {
  const { open, server } = await place();
  const before = frozenCopy(server.repository);
  expect(await open().probe()).toEqual([]);
  expect(frozenCopy(server.repository)).toEqual(before);
});

it('names the permission that a token lacks, before anything is done', async () => {
  const { open, reader } = await place();
  const [problem, ...more] = await open({ token: reader }).probe();
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ severity: 'error', code: 'github-forbidden' });
  expect(problem?.help).toContain('permissions:\n      contents: write');
});

it.each([
  ['a wrong token', { token: plantedToken() }, 'github-unauthorised'],
  ['an archive', {}, 'repository-archived'],
] as const)('names %s', async (what, options, code) => {
  const { open } = await place((repository) => {
    repository.archived = what === 'an archive';
  });
  expect((await open(options).probe()).map((problem) => problem.code)).toEqual([code]);
});

it('names the repository as it is called now', async () => {
  const { open } = await place(undefined, 'blue-team/detections');
  const [problem] = await open().probe();
  expect(problem).toMatchObject({ code: 'repository-moved' });
  expect(problem?.message).toContain('blue-team/rules');
});

it('names rules that restrict tags, unless the token may bypass them', async () => {
  const { open } = await place(({ rules }) => {
    rules.push({ id: 7, name: 'release tags', prefix: 'ML-', bypass: false });
    rules.push({ id: 8, name: 'bypassed', prefix: 'ML-', bypass: true });
  });
  const problems = await open().probe();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ severity: 'warning', code: 'tag-rule' });
  expect(problems[0]?.message).toContain('`release tags` restricts the creation of tags: refs/tags/ML-*');
});
