import { expect, it } from 'vitest';
import type { Failure } from '../../../src/errors.ts';
import { emptyRepository, type ReleaseState } from '../../github-server/state.ts';
import { record } from '../../reliability.ts';
import { anew, order, runJob } from './job.ts';
import { severally } from './matrix.ts';
import { startPlace } from './place.ts';

const name = 'ML-DGA-20261122-2';
const wanted = order(name, 'run-1', 3, 'one');

interface Result {
  readonly methods: readonly string[];
  readonly failure: Failure | undefined;
  readonly published: boolean;
  /** Changes of the published release after the moment at which a person published it. */
  readonly changes: readonly string[];
}

/**
 * A run in which a person publishes the draft right before one of its requests.
 * @param resumed whether a run with other bytes of the manifest, and half an upload, left the draft before
 */
async function disturbed(resumed: boolean, at: number): Promise<Result> {
  const repository = emptyRepository();
  const changes: string[] = [];
  let photograph: string | undefined;
  let writes = 0;
  const { server, open } = await startPlace(repository, {
    onChange: () => {
      const release = repository.releases.find(({ draft }) => !draft);
      if (server.faults.size === 0 || release === undefined) return;
      const now = resumed ? photographOf(release) : photographOf(release, photograph);
      // A request that is under way already cannot be called back: it was asked right after a look.
      const underWay = server.requests[begun + at]?.method !== 'GET' && writes++ < 2;
      if (photograph !== undefined && photograph !== now && !underWay) changes.push(`${photograph} => ${now}`);
      photograph = now;
    },
  });
  if (resumed) {
    const first = open();
    const draft = await first.begin(wanted.request);
    for (const asset of wanted.assets) await first.put(draft, asset);
    const [release] = repository.releases;
    const half = release?.assets[0];
    if (half !== undefined) release?.assets.push({ ...half, id: 990, name: 'manifest.0123456789ab.part' });
  }
  const begun = server.requests.length;
  server.faults.set(begun + at, 'person-publishes');
  const failure = await runJob(open(), resumed ? anew(wanted, 'later') : wanted);
  await server.close();
  expect(server.problems).toEqual([]);
  const methods = server.requests.slice(begun).map(({ method }) => method);
  return { methods, failure, published: photograph !== undefined, changes };
}

/** A release as it can be compared; where it only grows, what it had at first. */
function photographOf({ name: title, body, assets }: ReleaseState, before?: string): string {
  const known = assets.map(({ id, name: file, state, sha256 }) => `${id} ${file} ${state} ${sha256}`);
  const kept = before === undefined ? known : known.filter((line) => before.includes(JSON.stringify(line)));
  return JSON.stringify([title, body, kept]);
}

it.each([
  ['a new draft', false],
  ['a draft that an earlier try left', true],
])(
  'a person publishes %s at any request: nothing that is published is replaced',
  async (title, resumed) => {
    const { methods } = await disturbed(resumed, 10_000);
    expect(methods).toContain('PATCH');
    expect(methods.includes('DELETE')).toBe(resumed);
    const results = await severally(
      4,
      methods.map((_, at) => () => disturbed(resumed, at)),
    );
    const broken = results.flatMap(({ changes }, at) => changes.map((change) => `${methods[at]} ${at}: ${change}`));
    record(`person-${resumed ? 'resumed' : 'new'}`, { cases: results.length, broken });
    const stopped = results.filter(({ failure }) => failure !== undefined);
    process.stdout.write(
      `  ${title}: ${results.length} cases, ${stopped.length} red with ${[...new Set(stopped.map(({ failure }) => failure?.code))].join(', ')}\n`,
    );
    expect(broken).toEqual([]);
    expect(stopped.length).toBeGreaterThan(0);
  },
  120_000,
);

it('a process from which another one of the same run took the draft stops, and touches nothing', async () => {
  const { server, open } = await startPlace();
  const [lost, rerun] = [open(), open()];
  const draft = await lost.begin(wanted.request);
  for (const asset of wanted.assets) await lost.put(draft, asset);
  const later = anew(wanted, 'later');
  const taken = await rerun.begin(later.request);
  const before = JSON.stringify(server.repository.releases);
  for (const each of later.assets.slice(-1)) {
    await expect(lost.put(draft, each)).rejects.toMatchObject({ code: 'claim-held', exit: 2 });
  }
  await expect(lost.seal(draft, wanted.assets)).rejects.toMatchObject({ code: 'claim-held' });
  expect(await lost.abandon(draft)).toBe(false);
  expect(JSON.stringify(server.repository.releases)).toBe(before);
  for (const asset of later.assets) await rerun.put(taken, asset);
  await rerun.seal(taken, later.assets);
  await rerun.commit(taken);
  expect(server.repository.releases).toMatchObject([{ draft: false, assets: { length: 3 } }]);
  await server.close();
});
