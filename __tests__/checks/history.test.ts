import { describe, expect, test } from 'vitest';
import type { CheckContext } from '../../src/checks/check.ts';
import { examine } from '../../src/checks/examine.ts';
import { checks } from '../../src/checks/registry.ts';
import { defaultLimits as limits } from '../../src/domain/limits.ts';
import { bundleOf, historyOf, modelEntry } from './bundle.ts';

const now = new Date('2026-11-22T12:00:00Z');

async function found(context: Omit<CheckContext, 'limits' | 'now'>, prefix: string): Promise<string[]> {
  const { diagnostics } = await examine(checks, { ...context, limits, now }, []);
  return diagnostics
    .filter(({ check }) => check.startsWith(prefix))
    .map(({ check, message }) => `${check}: ${message}`);
}

describe('a past as it really was', () => {
  // Every tag of the historic repository that begins with ML-DGA (42 tags in seven families), and what else was there.
  const past = [
    ...['20201111-1', '20201111-2', '20201111-3', '20201118-1', '20201216-1', '20210421-2', '20210421-3'],
    ...['20210601-3', '20210602-3', '20210604-4', '20210629-5', '20210706-5'],
  ].map((rest) => `ML-DGA-${rest}`);
  const odd = [
    'dev7.10-ML-DGA-v0.1.0',
    'dev7.10-ML-DGA-v0.1.0.zip',
    'ML-DGA-99999999-3',
    'ML-DGA-20260101-9-rc',
    'ML-DGA-20260101-09',
    'ML-DGAv2-20260101-9',
    'ML-DGA-20260101-99999999999999999999',
    'ML-experimental-detections-20200506-30',
    '',
    '__proto__',
  ];
  const history = historyOf([...past, ...odd]);

  test.each([
    ['ML-DGA-20261122-6', []],
    [
      'ML-DGA-20261122-5',
      ['release-number-taken: Number 5 of ML-DGA is taken by `ML-DGA-20210629-5` in dir:releases.'],
    ],
    ['ML-DGA-20261122-8', [expect.stringContaining('release-number-gap: Number 8 of ML-DGA follows 5')]],
    ['ML-DGA-20210701-6', [expect.stringContaining('release-date-regression: The date of `ML-DGA-20210701-6`')]],
    ['ML-DGA-20201111-2', [expect.stringContaining('release-number-taken: `ML-DGA-20201111-2` was published')]],
  ])('%s', async (name, expected) => {
    expect(await found({ bundle: bundleOf(name, [modelEntry()]), history }, 'release-')).toEqual(expected);
  });
});

test('without a store, every check that compares is skipped, with the reason', async () => {
  const bundle = bundleOf('ML-DGA-20261122-1', [modelEntry()]);
  const { skipped } = await examine(checks, { bundle, historyMissing: 'no store was given', limits, now }, []);
  const unseen = skipped.filter(({ reason }) => reason === 'no store was given').map(({ check }) => check);
  expect(unseen.sort()).toEqual([
    ...['definition-published-before', 'history-irregular', 'model-hash-reused', 'model-name-reused'],
    ...[
      'release-date-regression',
      'release-number-gap',
      'release-number-taken',
      'release-without-manifest',
      'yanked-release-used',
    ],
  ]);
});

describe('models', () => {
  const names = ['ML-DGA-20260901-1'];
  const canonical = 'c'.repeat(64);
  const entry = modelEntry({ canonicalSha256: () => canonical });
  const bundle = bundleOf('ML-DGA-20261122-2', [entry]);

  test('a model of ours that was re-formatted is found by the hash that our manifest adds', async () => {
    const earlier = { path: 'dga_6_1.0_model.json', sha256: 'b'.repeat(64), canonicalSha256: canonical };
    expect(await found({ bundle, history: historyOf(names, [{ entries: [earlier] }]) }, 'model-')).toEqual([
      `model-hash-reused: Re-saved with sorted keys, the model is \`dga_6_1.0_model.json\` of ML-DGA-20260901-1 (sha256 ${canonical}): same hash under another name.`,
    ]);
  });

  test('one file of a release can have its name and another its hash: both are said', async () => {
    const entries = [
      { path: entry.path, sha256: 'b'.repeat(64) },
      { path: 'old/dga_6_1.0_model.json', sha256: entry.sha256 },
    ];
    const both = await found({ bundle, history: historyOf(names, [{ entries }]) }, 'model-');
    expect(both.map((line) => line.split(':')[0])).toEqual(['model-hash-reused', 'model-name-reused']);
  });

  test('every earlier release that holds it is named, and of very many the rest is counted', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `ML-DGA-20260901-${index + 1}`);
    const releases = many.map(() => ({ entries: [{ path: entry.path, sha256: entry.sha256 }] }));
    const all = await found(
      { bundle: { ...bundle, name: 'ML-DGA-20261122-501' }, history: historyOf(many, releases) },
      'model-',
    );
    expect(all).toHaveLength(21);
    expect(all.some((line) => line.includes('And 480 more'))).toBe(true);
  });

  test('the historic hash is not computed where there is nothing to compare with', async () => {
    const dear = modelEntry({
      canonicalSha256: () => {
        throw new Error('computed for nothing');
      },
    });
    const alone = bundleOf('ML-DGA-20261122-2', [dear]);
    const own = { name: alone.name, entries: [{ path: dear.path, sha256: dear.sha256 }] };
    expect(await found({ bundle: alone, history: historyOf([]) }, 'model-')).toEqual([]);
    expect(await found({ bundle: alone, history: historyOf([alone.name], [own]) }, 'model-')).toEqual([]);
    await expect(
      found({ bundle: alone, history: historyOf(names, [own, { name: 'x', entries: own.entries }]) }, 'model-'),
    ).rejects.toThrow('computed for nothing');
  });
});

test('of a refused archive nothing is said but why: no file of it is called missing, taken or unused', async () => {
  const findings = [{ check: 'archive-corrupt', message: 'It is damaged.' }];
  const bundle = bundleOf('ML-DGA-20261122-2', [], { source: 'zip', topFolder: 'x', findings });
  const history = historyOf(['ML-DGA-20261122-2'], [{ entries: [{ path: 'a', sha256: 'b' }] }]);
  const { diagnostics, skipped } = await examine(checks, { bundle, history, limits, now }, []);
  expect(diagnostics.map(({ check }) => check)).toEqual(['archive-corrupt']);
  const reason = 'the bundle was not read (archive-corrupt)';
  expect(skipped).toContainEqual({ check: 'file-missing', reason });
  expect(skipped).toContainEqual({ check: 'release-number-taken', reason });
});

test('in a past of many, a manifest that is missing is a name in one note, not a note of its own', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `ML-DGA-20260901-${index + 1}`);
  const history = { ...historyOf(names), withoutManifest: names };
  const notes = await found({ bundle: bundleOf('ML-DGA-20261122-301', [modelEntry()]), history }, 'release-without');
  expect(notes).toEqual([expect.stringContaining('300 releases have no manifest')]);
  expect(notes[0]).toContain('and 280 more');
});
