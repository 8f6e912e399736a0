import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { examine } from '../../src/checks/examine.ts';
import { checks } from '../../src/checks/registry.ts';
import { emptyHistory, type History } from '../../src/domain/history.ts';
import { defaultLimits as limits } from '../../src/domain/limits.ts';
import { readBundle } from '../../src/formats/bundle/read.ts';
import { builtInKinds, kindOfName } from '../../src/kinds/kinds.ts';
import { knownFromManifest, readManifest } from '../../src/publish/read-manifest.ts';

/** One defect, and where it is to be found. */
interface Expected {
  readonly variant: string;
  readonly bundle: string;
  readonly check: string;
  readonly severity: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Follows from the same defect. */
  readonly also?: readonly string[];
}

const fixtures = '__tests__/fixtures/broken';
const expected: readonly Expected[] = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'));
const removed: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(fixtures, 'removed.json'), 'utf8'),
);
const scratch = mkdtempSync(join(tmpdir(), 'mldr-broken-'));

/** A good example without its readme, the variant's own files over it, and what it lacks removed. */
function build({ variant, bundle }: Expected): string {
  const folder = join(scratch, variant, bundle);
  mkdirSync(folder, { recursive: true });
  cpSync(join('examples', bundle), folder, { recursive: true });
  rmSync(join(folder, 'README.md'));
  const own = join(fixtures, variant, bundle);
  if (existsSync(own)) cpSync(own, folder, { recursive: true });
  for (const file of removed[variant] ?? []) rmSync(join(folder, file));
  return folder;
}

/** The releases whose manifests lie beside a variant. */
function historyOf(variant: string): History {
  const folder = join(fixtures, variant);
  const manifests = existsSync(folder) ? readdirSync(folder).filter((file) => file.startsWith('manifest-')) : [];
  const releases = manifests.flatMap((file) => {
    const name = basename(file, '.json').slice('manifest-'.length);
    const { manifest } = readManifest(readFileSync(join(folder, file)), name);
    return manifest === undefined ? [] : [knownFromManifest(manifest, '0'.repeat(64))];
  });
  expect(releases).toHaveLength(manifests.length);
  return { ...emptyHistory('dir:releases'), names: releases.map(({ name }) => name), releases };
}

async function examined(path: string, history: History) {
  const bundle = await readBundle(path, { limits, kindOf: (name) => kindOfName(name, builtInKinds) });
  return examine(checks, { bundle, history, limits, now: new Date('2026-11-22T12:00:00Z') }, []);
}

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('there are twelve, each of another defect or place', () => {
  expect(expected).toHaveLength(12);
  expect(new Set(expected.map(({ check, file }) => `${check} ${file}`)).size).toBe(12);
});

describe.each(expected.map((each) => [each.variant, each] as const))('%s', (variant, wanted) => {
  test(`has ${wanted.check}, and nothing else that does not follow from it`, async () => {
    const { diagnostics } = await examined(build(wanted), historyOf(variant));
    const heavy = diagnostics.filter(({ severity }) => severity !== 'note');
    const found = heavy.filter(({ check }) => check === wanted.check);
    const { severity, file, line, column } = wanted;
    const place = { severity, ...(file && { file }), ...(line && { line }), ...(column && { column }) };
    expect(found).toEqual([expect.objectContaining(place)]);
    const others = heavy.filter(({ check }) => check !== wanted.check).map(({ check }) => check);
    expect(others.filter((check) => wanted.also?.includes(check) !== true)).toEqual([]);
  });
});

test.each([...new Set(expected.map(({ bundle }) => bundle))])(
  '%s, before it was broken, has nothing',
  async (bundle) => {
    const { diagnostics } = await examined(join('examples', bundle), emptyHistory('dir:releases'));
    expect(diagnostics.filter(({ severity }) => severity !== 'note')).toEqual([]);
  },
);
