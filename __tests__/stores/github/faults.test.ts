import { describe, expect, it } from 'vitest';
import { type Fault, faults } from '../../github-server/faults.ts';
import { createRandom } from '../../random.ts';
import { type CaseResult, runCase, severally } from './matrix.ts';

/** `MATRIX=whole` runs all of it. */
const whole = process.env['MATRIX'] === 'whole';
const pairs = whole ? 1000 : 60;
/** Those that leave it open what became of a request, or store something wrong. */
const harsh: readonly Fault[] = [
  'kill-after',
  '500-after',
  'reset-after',
  'html-after',
  '502-starter',
  'truncated',
  'stale',
];
/** Assets, and the faults of each request. */
const matrix: [number, readonly Fault[]][] = whole
  ? [1, 2, 3, 4, 10].map((count) => [count, faults])
  : [
      [1, faults],
      [4, harsh],
    ];
const atOnce = 8;

describe('a release under faults', () => {
  it.each(matrix)(
    'of %i assets holds the invariants, whatever fails at whichever request',
    async (count, kinds) => {
      const { requests, green } = await runCase(count, new Map());
      expect(green).toBe(true);
      const cases = Array.from({ length: requests }, (_, index) =>
        kinds.map((fault) => () => runCase(count, new Map([[index, fault]]))),
      ).flat();
      report(
        `${count} assets, each of ${requests} requests × each of ${kinds.length} faults`,
        await severally(atOnce, cases),
      );
    },
    1_200_000,
  );

  it('holds them where GitHub knows no digest', async () => {
    const { requests } = await runCase(2, new Map(), false);
    const cases = Array.from({ length: requests }, (_, index) =>
      (['truncated', '502-starter', 'reset-after'] as const).map(
        (fault) => () => runCase(2, new Map([[index, fault]]), false),
      ),
    ).flat();
    report('2 assets without digests', await severally(atOnce, cases));
  }, 600_000);

  it('holds them under pairs of faults', async () => {
    const random = createRandom(20261122);
    const { requests } = await runCase(3, new Map());
    const cases = Array.from({ length: pairs }, () => {
      const script = new Map<number, Fault>();
      while (script.size < 2) script.set(random.below(requests + 6), random.pick(faults));
      const count = 1 + random.below(3);
      return () => runCase(count, script);
    });
    report(`${pairs} seeded pairs`, await severally(atOnce, cases));
  }, 600_000);
});

/** Expects that nothing broke, and says how many cases there were. */
function report(what: string, results: readonly CaseResult[]): void {
  const atOnceGreen = results.filter(({ red }) => red.length === 0).length;
  const later = results.filter(({ red, green }) => red.length > 0 && green).length;
  const left = results.filter(({ green }) => !green);
  const broken = results.flatMap(({ title, broken: why }) => why.map((reason) => `${title}: ${reason}`));
  process.stdout.write(
    `  ${what}: ${results.length} cases, ${atOnceGreen} green at once, ${later} at a later run, ` +
      `${left.length} stopped by another's hand (${[...new Set(left.map(({ red }) => red.at(-1)?.code))].join(', ')}), ${broken.length} invariants broken\n`,
  );
  expect(broken).toEqual([]);
}
