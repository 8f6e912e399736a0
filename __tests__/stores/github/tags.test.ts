import { describe, expect, it, onTestFinished } from 'vitest';
import { applyPlan } from '../../../src/publish/apply.ts';
import { codeOf, failureOf, publishAll, request, threeAssets } from '../../contracts/assets.ts';
import { addRelease, commitSha, emptyRepository, otherSha, type RepositoryState } from '../../github-server/state.ts';
import { planned } from './job.ts';
import { type Place, startPlace } from './place.ts';

const name = 'ML-DGA-20261122-2';
const ref = `tags/${name}`;
const { sums, three } = threeAssets('one');
const tagObject = 'a'.repeat(40);

async function place(prepare: (repository: RepositoryState) => void = () => undefined): Promise<Place> {
  const repository = emptyRepository();
  prepare(repository);
  const started = await startPlace(repository);
  onTestFinished(async () => {
    await started.server.close();
    expect(started.server.problems).toEqual([]);
  });
  return started;
}

describe('the tag that started the run', () => {
  it.each([
    ['plain', (repository: RepositoryState) => void repository.refs.set(ref, { type: 'commit', sha: commitSha })],
    [
      'annotated',
      (repository: RepositoryState) => {
        repository.refs.set(ref, { type: 'tag', sha: tagObject });
        repository.tagObjects.set(tagObject, { type: 'commit', sha: commitSha });
      },
    ],
  ])('is checked, %s, and neither made nor deleted', async (_, prepare) => {
    const { open, server } = await place(prepare);
    const store = open({ givenTag: name });
    await store.abandon(await store.begin(request(name, 'run-1')));
    expect(server.repository.refs.has(ref)).toBe(true);
    const details = await publishAll(open({ givenTag: name }), request(name, 'run-1'), three);
    expect(details.commit).toBe(commitSha);
    expect(server.requests.some(({ template }) => template.endsWith('/git/refs'))).toBe(false);
    // No draft of anybody was there to be waited for.
    expect(server.requests.filter(({ template }) => template.endsWith('/releases')).length).toBeLessThan(9);
  });

  it.each([
    [
      'stands on another commit',
      (repository: RepositoryState) => void repository.refs.set(ref, { type: 'commit', sha: otherSha }),
      otherSha,
    ],
    ['is gone', () => undefined, 'is not there'],
  ])('stops everything where it %s', async (_, prepare, word) => {
    const { open, server } = await place(prepare);
    const failure = await failureOf(open({ givenTag: name }).begin(request(name, 'run-1')));
    expect(failure?.code).toBe('tag-moved');
    expect(failure?.message).toContain(word);
    expect(failure?.message).toContain(commitSha);
    expect(server.repository.releases).toEqual([]);
  });

  it('stops the publication where it moved since', async () => {
    const { open, server } = await place(
      (repository) => void repository.refs.set(ref, { type: 'commit', sha: commitSha }),
    );
    const store = open({ givenTag: name });
    const draft = await store.begin(request(name, 'run-1'));
    await store.put(draft, sums);
    await store.seal(draft, [sums]);
    server.repository.refs.set(ref, { type: 'commit', sha: otherSha });
    expect(await codeOf(store.commit(draft))).toBe('tag-moved');
    expect(await store.list()).toEqual([]);
  });
});

it('a tag that is moved while its release is being published is a failure that names both commits', async () => {
  const repository = emptyRepository();
  // Between the change that publishes and the look at what was published.
  const onChange = ({ releases, refs }: RepositoryState): void => {
    if (releases.some(({ draft }) => !draft)) refs.set(ref, { type: 'commit', sha: otherSha });
  };
  const { open, server } = await startPlace(repository, { onChange });
  onTestFinished(() => server.close());
  const prepared = planned(open(), { request: request(name, 'run-1'), assets: three });
  const events: string[] = [];
  const applied = applyPlan(open(), prepared, {
    replan: async () => prepared,
    onEvent: ({ type }) => events.push(type),
  });
  const failure = await failureOf(applied);
  expect(failure).toMatchObject({ code: 'tag-moved', exit: 2 });
  expect(failure?.message).toContain(commitSha);
  expect(failure?.message).toContain(otherSha);
  // What is published is not taken back, and nobody says so.
  expect(repository.releases).toMatchObject([{ tag: name, draft: false }]);
  expect(events).not.toContain('abandoned');
});

describe('a tag that nobody gave', () => {
  it('is made at the commit, and deleted when its draft is abandoned', async () => {
    const { open, server } = await place();
    const store = open();
    const draft = await store.begin(request(name, 'run-1'));
    expect(server.repository.refs.get(ref)).toEqual({ type: 'commit', sha: commitSha });
    expect(server.repository.releases[0]?.body).toMatch(
      /<!-- mldr v1 run=run-1 bundle=[0-9a-f]{64} tag=made by=[0-9a-f]{16} -->$/,
    );
    await store.abandon(draft);
    expect([...server.repository.refs.keys()]).toEqual(['heads/main']);
  });

  it.each([
    ['403', 'github-forbidden'],
    ['422-burnt', 'tag-burnt'],
  ] as const)('is taken back where no draft can be opened: %s', async (fault, code) => {
    const { open, server } = await place();
    const first = open();
    await first.abandon(await first.begin(request(name, 'run-1')));
    const opening = server.requests.findIndex(
      ({ method, template }) => method === 'POST' && /releases$/.test(template),
    );
    const again = server.requests.length;
    server.faults.set(again + opening, fault);
    expect(await codeOf(open().begin(request(name, 'run-1')))).toBe(code);
    expect([...server.repository.refs.keys()]).toEqual(['heads/main']);
    // The tag cannot be deleted either: list, tag, deletion.
    const once = server.requests.length;
    server.faults.set(once + opening, fault);
    server.faults.set(once + opening + 3, '403');
    const failure = await failureOf(open().begin(request(name, 'run-1')));
    expect(failure).toMatchObject({ code: 'tag-left', exit: 3 });
    expect(failure?.message).toContain(name);
    expect(server.repository.refs.has(ref)).toBe(true);
  });

  it('and was there is used where it stands on the commit, and stays when its draft is abandoned', async () => {
    const { open, server } = await place(
      (repository) => void repository.refs.set(ref, { type: 'commit', sha: commitSha }),
    );
    const store = open();
    await store.abandon(await store.begin(request(name, 'run-1')));
    expect(server.repository.refs.has(ref)).toBe(true);
    await publishAll(open(), request(name, 'run-2'), three);
    expect((await open().details(name))?.commit).toBe(commitSha);
  });

  it("and stands on another commit is another number's", async () => {
    const { open, server } = await place(
      (repository) => void repository.refs.set(ref, { type: 'commit', sha: otherSha }),
    );
    const failure = await failureOf(open().begin(request(name, 'run-1')));
    expect(failure?.code).toBe('number-lost');
    expect(failure?.message).toContain(otherSha);
    expect(server.repository.releases).toEqual([]);
    expect(await open().claims()).toEqual([name]);
  });

  it('is not deleted where somebody else has a draft on it', async () => {
    const { open, server } = await place();
    const store = open();
    const draft = await store.begin(request(name, 'run-1'));
    addRelease(server.repository, name, {}, { draft: true, body: 'by hand', tagged: false });
    await store.abandon(draft);
    expect(server.repository.refs.has(ref)).toBe(true);
    expect(server.repository.releases.map(({ body }) => body)).toEqual(['by hand']);
  });
});

describe('a draft of somebody else', () => {
  it('by hand is named and not touched', async () => {
    const { open, server } = await place(
      (repository) => void addRelease(repository, name, {}, { draft: true, body: 'mine', tagged: false }),
    );
    const failure = await failureOf(open().begin(request(name, 'run-1')));
    expect(failure?.code).toBe('draft-foreign');
    expect(failure?.message).toContain('draft 1000');
    expect(server.repository.releases).toHaveLength(1);
    expect(server.repository.refs.has(ref)).toBe(false);
  });

  it('that quotes a marker in its text is not ours', async () => {
    const digest = request(name, 'run-1').digest;
    const quoted = `See:\n\n<!-- mldr v1 run=run-1 bundle=${digest} tag=made -->\n\nas they write it.`;
    const { open } = await place(
      (repository) => void addRelease(repository, name, {}, { draft: true, body: quoted, tagged: false }),
    );
    expect(await codeOf(open().begin(request(name, 'run-1')))).toBe('draft-foreign');
  });

  it('is not seen by a token that may only read', async () => {
    const { open, reader } = await place(
      (repository) => void addRelease(repository, name, {}, { draft: true, tagged: false }),
    );
    expect(await open().claims()).toEqual([name]);
    expect(await open({ token: reader }).claims()).toEqual([]);
  });
});

it('assets that somebody adds to the sealed draft keep it from being published', async () => {
  const { open, server } = await place();
  const store = open();
  const draft = await store.begin(request(name, 'run-1'));
  await store.put(draft, sums);
  await store.seal(draft, [sums]);
  const [own] = server.repository.releases;
  const [extra] = addRelease(server.repository, 'other', { 'extra.txt': Buffer.from('x') }, { draft: true }).assets;
  if (own === undefined || extra === undefined) throw new Error('no draft');
  own.assets.push(extra);
  const failure = await failureOf(store.commit(draft));
  expect(failure?.code).toBe('precondition-failed');
  expect(failure?.message).toContain('`extra.txt` is not expected');
  expect(await store.list()).toEqual([]);
});
