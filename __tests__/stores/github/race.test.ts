import { expect, it } from 'vitest';
import type { Failure } from '../../../src/errors.ts';
import { withNextName } from '../../../src/publish/next.ts';
import { emptyRepository } from '../../github-server/state.ts';
import { createRandom } from '../../random.ts';
import { record, whole } from '../../reliability.ts';
import { anew, order, runJob } from './job.ts';
import { losing, severally } from './matrix.ts';
import { isPublished, observe } from './observer.ts';
import { plantedToken, startPlace } from './place.ts';

const name = 'ML-DGA-20261122-2';
const rounds = whole ? 200 : 60;
const mintings = whole ? 20 : 2;

interface Round {
  readonly title: string;
  readonly winners: number;
  readonly losers: readonly Failure[];
  readonly broken: readonly string[];
}

/** Two to four runs on one tag, each with its own token, with the same bytes or with their own. */
async function race(seed: number): Promise<Round> {
  const random = createRandom(seed);
  const [runners, same] = [2 + random.below(3), random.chance(0.5)];
  const orders = Array.from({ length: runners }, (_, index) =>
    order(name, `run-${index}`, 2, same ? `${seed}` : `${seed} ${index}`),
  );
  const repository = emptyRepository();
  const tokens = orders.map(() => plantedToken());
  const runs = new Map(tokens.map((token, index) => [token, orders[index]?.request.run ?? '']));
  const observer = observe(orders, [], runs);
  const { server, open } = await startPlace(repository, { onChange: observer.onChange, writers: tokens });
  const outcomes = await Promise.all(
    orders.map(async (wanted, index) => {
      await new Promise((resolve) => setTimeout(resolve, random.below(4) * 5));
      return await runJob(open({ token: tokens[index] ?? '' }), wanted);
    }),
  );
  await server.close();
  const winners = orders.filter((_, index) => outcomes[index] === undefined);
  const broken = [...new Set([...observer.seen, ...server.problems])];
  if (!orders.some((wanted) => isPublished(repository, wanted))) broken.push('nothing is published whole');
  for (const winner of winners)
    if (!isPublished(repository, winner)) broken.push(`${winner.request.run} is green with another's bytes`);
  const left = repository.releases.filter(({ draft }) => draft).length;
  if (left > 0) broken.push(`${left} drafts are left`);
  const losers = outcomes.filter((outcome) => outcome !== undefined);
  for (const { code, message, help } of losers) {
    if (!losing.includes(code) || !message.includes(name) || help.length < 10) broken.push(`a loser says ${message}`);
  }
  const title = `round ${seed}: ${runners} runners, ${same ? 'the same' : 'different'} bytes`;
  return { title, winners: same ? 1 : winners.length, losers, broken };
}

/** A lost job and its rerun: one run, one bundle, and another moment in the manifest. */
async function siblings(seed: number): Promise<Round> {
  const random = createRandom(seed);
  const first = order(name, 'run-1', 3, `${seed}`);
  const orders = [first, anew(first, `later ${seed}`)];
  const tokens = orders.map(() => plantedToken());
  const repository = emptyRepository();
  const observer = observe(orders, []);
  const moments = new Set<string>();
  const onChange: typeof observer.onChange = (now, token) => {
    observer.onChange(now, token);
    for (const { id, draft, body, assets } of now.releases) {
      // The look before the mark of a new process, and the mark, are two requests: of a release published in between the
      // mark, a comment in its description, may be the later process's. Nothing else is.
      const notes = body.replace(/ by=[0-9a-f]{16} -->$/, ' -->');
      if (!draft) moments.add(JSON.stringify([id, notes, assets.map((each) => [each.id, each.name, each.sha256])]));
    }
  };
  const { server, open } = await startPlace(repository, { onChange, writers: tokens, latency: 2 });
  const outcomes = await Promise.all(
    orders.map(async (wanted, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * random.below(80)));
      return await runJob(open({ token: tokens[index] ?? '' }), wanted, orders);
    }),
  );
  await server.close();
  const broken = [...new Set([...observer.seen, ...server.problems])];
  if (moments.size !== 1) broken.push(`${moments.size} states of what is published`);
  const losers = outcomes.filter((outcome) => outcome !== undefined);
  for (const { code, message } of losers) if (!losing.includes(code)) broken.push(`a loser says ${code}: ${message}`);
  return { title: `siblings ${seed}`, winners: outcomes.length - losers.length, losers, broken };
}

it(`lets exactly one of two to four runs have a tag, ${rounds} times`, async () => {
  const results = await severally(
    4,
    Array.from({ length: rounds }, (_, index) => () => race(index)),
  );
  const codes = new Map<string, number>();
  for (const { code } of results.flatMap(({ losers }) => losers)) codes.set(code, (codes.get(code) ?? 0) + 1);
  process.stdout.write(
    `  ${rounds} races; losers: ${[...codes].map(([code, count]) => `${code} ${count}`).join(', ')}\n`,
  );
  record('race', {
    rounds,
    losers: Object.fromEntries(codes),
    broken: results.flatMap(({ title, broken }) => broken.map((why) => `${title}: ${why}`)),
  });
  const wrong = results.filter(({ winners, broken }) => winners !== 1 || broken.length > 0);
  expect(wrong.map(({ title, winners, broken }) => `${title}: ${winners} winners; ${broken.join('; ')}`)).toEqual([]);
}, 300_000);

it(`two processes of one run publish once, and change nothing that is published, ${rounds} times`, async () => {
  const results = await severally(
    4,
    Array.from({ length: rounds }, (_, index) => () => siblings(index)),
  );
  const red = results.flatMap(({ losers }) => losers.map(({ code }) => code));
  const broken = results.flatMap(({ title, broken: reasons }) => reasons.map((why) => `${title}: ${why}`));
  process.stdout.write(`  ${rounds} races of one run; losers: ${[...new Set(red)].join(', ')}, ${red.length}\n`);
  record('siblings', { rounds, broken });
  expect(broken).toEqual([]);
}, 300_000);

it(`gives ten runs that mint at once ten numbers, ${mintings} times`, async () => {
  for (let round = 0; round < mintings; round += 1) {
    const { server, open } = await startPlace();
    const names = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const store = open();
        return await withNextName(store, 'ML-DGA', '20261122', async (next) => {
          const failure = await runJob(store, order(next, `run-${index}`, 1, `${index}`));
          if (failure !== undefined) throw failure;
          return next;
        });
      }),
    );
    expect(new Set(names).size).toBe(10);
    expect((await open().list()).map((release) => release.name)).toEqual([...names].sort());
    expect(server.problems).toEqual([]);
    await server.close();
  }
  record('minting', { rounds: mintings, broken: [] });
}, 300_000);
