import { describe, expect, it } from 'vitest';
import { type Fault, faultGroups, faults } from '../../github-server/faults.ts';
import { createRandom } from '../../random.ts';
import { record, whole } from '../../reliability.ts';
import { type CaseResult, runCase, severally } from './matrix.ts';

const pairs = whole ? 1200 : 60;
const seed = 20261122;
/** Those that leave it open what became of a request, store something wrong, or let others in. */
const harsh: readonly Fault[] = [
  'kill-midway',
  'kill-after',
  '500-after',
  'reset-after',
  'html-after',
  '502-starter',
  'truncated',
  'stale',
  'second-runner',
];
/** Assets, and the faults of each request. */
const matrix: [number, readonly Fault[]][] = whole
  ? [1, 3, 10].map((count) => [count, faults])
  : [
      [1, faults],
      [3, harsh],
    ];
const atOnce = 8;

interface Case {
  readonly count: number;
  readonly fault: Fault;
  /** Number of the request. */
  readonly index: number;
}

describe('a release under faults', () => {
  it.each(matrix)(
    'of %i assets holds the invariants, whatever fails at whichever request',
    async (count, kinds) => {
      // Once before it counts: a first request waits for schemas to be compiled, and may be given up and asked again.
      await runCase(count, new Map());
      const { requests, outcome } = await runCase(count, new Map());
      expect(outcome).toBe('at once');
      const cases: Case[] = requests.flatMap((_, index) => kinds.map((fault) => ({ count, fault, index })));
      const results = await severally(
        atOnce,
        cases.map(
          ({ index, fault }) =>
            () =>
              runCase(count, new Map([[index, fault]])),
        ),
      );
      record(`matrix-${count}`, {
        assets: count,
        cases: cases.map(({ fault, index }, at) => ({
          fault,
          group: groupOf(fault),
          request: requests[index],
          outcome: results[at]?.outcome,
          broken: results[at]?.broken,
        })),
      });
      report(`${count} assets, each of ${requests.length} requests × each of ${kinds.length} faults`, results);
    },
    3_600_000,
  );

  it('holds them where GitHub knows no digest', async () => {
    const { requests } = await runCase(2, new Map(), false);
    const cases = requests.flatMap((_, index) =>
      (['truncated', '502-starter', 'reset-after'] as const).map(
        (fault) => () => runCase(2, new Map([[index, fault]]), false),
      ),
    );
    const results = await severally(atOnce, cases);
    record('without-digests', { cases: results.length, broken: results.flatMap(({ broken }) => broken) });
    report('2 assets without digests', results);
  }, 600_000);

  it('holds them under pairs of faults', async () => {
    const random = createRandom(seed);
    const counts = whole ? [1, 3, 10] : [1, 3];
    const requests = new Map<number, number>();
    for (const count of counts) requests.set(count, (await runCase(count, new Map())).requests.length);
    const cases = Array.from({ length: pairs }, () => {
      const count = random.pick(counts);
      const script = new Map<number, Fault>();
      // Some behind the last request of a run without faults: what the first fault causes to be asked.
      while (script.size < 2) script.set(random.below((requests.get(count) ?? 0) + 6), random.pick(faults));
      return () => runCase(count, script);
    });
    const results = await severally(atOnce, cases);
    record('pairs', { seed, cases: results.length, outcomes: counted(results), broken: brokenIn(results) });
    report(`${pairs} seeded pairs`, results);
  }, 3_600_000);
});

function groupOf(fault: Fault): string | undefined {
  return Object.entries(faultGroups).find(([, group]) => (group as readonly Fault[]).includes(fault))?.[0];
}

function counted(results: readonly CaseResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

function brokenIn(results: readonly CaseResult[]): string[] {
  return results.flatMap(({ title, broken }) => broken.map((reason) => `${title}: ${reason}`));
}

/** Expects that nothing broke, and says how many cases there were. */
function report(what: string, results: readonly CaseResult[]): void {
  const stopped = results.filter(({ outcome }) => outcome === 'stopped by others');
  const broken = brokenIn(results);
  process.stdout.write(
    `  ${what}: ${results.length} cases, ${JSON.stringify(counted(results))}, ` +
      `stopped with ${[...new Set(stopped.map(({ red }) => red.at(-1)?.code))].join(', ')}; ${broken.length} invariants broken\n`,
  );
  expect(broken).toEqual([]);
}
