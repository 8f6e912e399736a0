import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { examine } from '../../src/checks/examine.ts';
import { checks } from '../../src/checks/registry.ts';
import { emptyHistory, type History } from '../../src/domain/history.ts';
import { defaultLimits as limits } from '../../src/domain/limits.ts';
import { readBundle } from '../../src/formats/bundle/read.ts';
import { builtInKinds, kindOfName } from '../../src/kinds/kinds.ts';
import { knownFromManifest, readManifest } from '../../src/publish/read-manifest.ts';
import { type Broken, brokenBundles, buildBroken, earlierOf } from '../broken.ts';

const scratch = mkdtempSync(join(tmpdir(), 'mldr-broken-'));

/** The releases whose manifests lie beside a variant. */
function historyOf(broken: Broken): History {
  const earlier = earlierOf(broken);
  const releases = earlier.flatMap(({ name, manifest: file }) => {
    const { manifest } = readManifest(readFileSync(file), name);
    return manifest === undefined ? [] : [knownFromManifest(manifest, '0'.repeat(64))];
  });
  expect(releases).toHaveLength(earlier.length);
  return { ...emptyHistory('dir:releases'), names: releases.map(({ name }) => name), releases };
}

async function examined(path: string, history: History) {
  const bundle = await readBundle(path, { limits, kindOf: (name) => kindOfName(name, builtInKinds) });
  return examine(checks, { bundle, history, limits, now: new Date('2026-11-22T12:00:00Z') }, []);
}

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('there are twelve, each of another defect or place', () => {
  expect(brokenBundles).toHaveLength(12);
  expect(new Set(brokenBundles.map(({ check, file }) => `${check} ${file}`)).size).toBe(12);
});

describe.each(brokenBundles.map((each) => [each.variant, each] as const))('%s', (variant, wanted) => {
  test(`has ${wanted.check}, and nothing else that does not follow from it`, async () => {
    const { diagnostics } = await examined(buildBroken(wanted, join(scratch, variant)), historyOf(wanted));
    const heavy = diagnostics.filter(({ severity }) => severity !== 'note');
    const found = heavy.filter(({ check }) => check === wanted.check);
    const { severity, file, line, column } = wanted;
    const place = { severity, ...(file && { file }), ...(line && { line }), ...(column && { column }) };
    expect(found).toEqual([expect.objectContaining(place)]);
    const others = heavy.filter(({ check }) => check !== wanted.check).map(({ check }) => check);
    expect(others.filter((check) => wanted.also?.includes(check) !== true)).toEqual([]);
  });
});

test.each([...new Set(brokenBundles.map(({ bundle }) => bundle))])(
  '%s, before it was broken, has nothing',
  async (bundle) => {
    const { diagnostics } = await examined(join('examples', bundle), emptyHistory('dir:releases'));
    expect(diagnostics.filter(({ severity }) => severity !== 'note')).toEqual([]);
  },
);
