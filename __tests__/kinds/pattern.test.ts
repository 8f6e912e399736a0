import { describe, expect, it } from 'vitest';
import { rolesOf } from '../../src/kinds/assign.ts';
import { builtInKinds, kindOfName } from '../../src/kinds/kinds.ts';
import { mlDga } from '../../src/kinds/ml-dga.ts';
import { matchPattern, patternDefect } from '../../src/kinds/pattern.ts';

describe('matchPattern', () => {
  it.each([
    ['dga_<id>_model.json', 'dga_1000_1.0_model.json', '1000_1.0'],
    ['dga_<id>_model.json', 'dga__model.json', ''],
    ['dga_<id>_model.json', 'dga_a_model.json_model.json', 'a_model.json'],
    ['*_<id>.json', 'a_b_c.json', 'b_c'],
    ['rules/*.toml', 'rules/one.toml', ''],
    ['*', '', ''],
    ['**.json', 'a.json', ''],
    ['über_<id>.json', 'über_ö.json', 'ö'],
    ['<id>', '😀', '😀'],
  ])('%s takes %s and captures "%s"', (pattern, path, capture) => {
    expect(matchPattern(pattern, path)).toEqual({ capture });
  });

  it.each([
    ['dga_<id>_model.json', 'xdga_1_model.json'],
    ['dga_<id>_model.json', 'dga_1_model.json~'],
    ['dga_<id>_model.json', 'dga_model.json'],
    ['dga_<id>_model.json', 'dga_a/b_model.json'],
    ['*.json', 'sub/a.json'],
    ['*.json', 'a.JSON'],
    ['a.c', 'abc'],
  ])('%s refuses %s', (pattern, path) => {
    expect(matchPattern(pattern, path)).toBeUndefined();
  });

  it('agrees with a regular expression on random globs', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    const text = (alphabet: string, length: number) =>
      Array.from({ length: random(length) }, () => alphabet[random(alphabet.length)]).join('');
    for (let round = 0; round < 3000; round += 1) {
      const glob = text('ab*/', 7);
      const path = text('ab/', 9);
      const source = glob.replaceAll('*', '[^/]*');
      expect([glob, path, matchPattern(glob, path) !== undefined]).toEqual([
        glob,
        path,
        new RegExp(`^${source}$`).test(path),
      ]);
    }
  });

  it('stays cheap where a backtracking matcher would not end', () => {
    const pattern = `${'*a'.repeat(60)}<id>${'*a'.repeat(30)}b`;
    expect(matchPattern(pattern, 'a'.repeat(1000))).toBeUndefined();
  });
});

describe('patternDefect', () => {
  it.each(['', 'a'.repeat(201), '<id><id>', '<name>', 'a?', '[a]', '{a,b}', '../a', '/a', 'a//b', 'a\\b'])(
    'refuses %s',
    (pattern) => {
      expect(patternDefect(pattern)).toEqual(expect.any(String));
    },
  );

  it('takes every pattern of the built-in kinds', () => {
    const patterns = builtInKinds.flatMap(({ roles }) =>
      roles.flatMap((role) => [role.pattern, ...(role.aliases ?? [])]),
    );
    expect(patterns.map(patternDefect).filter((defect) => defect !== undefined)).toEqual([]);
  });
});

describe('rolesOf', () => {
  it('gives the files of the historic tool one role each, with one id', () => {
    // Names of a release of 2020 (elastic.md §2.1): the scripts carry a second `dga_`.
    const names = [
      'dga_875109_1.0_model.json',
      'dga_875109_1.0_dga_ngrams_create.json',
      'dga_875109_1.0_dga_ngrams_transform_delete.json',
      'dga_875109_1.0_ingest_pipeline1.json',
      'dga_875109_1.0_ingest_pipeline2.json',
    ];
    expect(names.map((name) => rolesOf(mlDga, name).map(({ role, capture }) => [role.id, capture]))).toEqual([
      [['model', '875109_1.0']],
      [['ngrams-create', '875109_1.0']],
      [['ngrams-transform-delete', '875109_1.0']],
      [['pipeline-outer', '875109_1.0']],
      [['pipeline-inference', '875109_1.0']],
    ]);
  });
});

describe('kindOfName', () => {
  it.each([
    ['ML-DGA-20261122-1', 'ml-dga'],
    ['ML-DGA-20261399-1', 'ml-dga'],
    ['ML-DGA', 'ml-dga'],
    ['ML-experimental-detections-20261122-1', 'ml-experimental-detections'],
    ['ML-DGAv2-20261122-1', undefined],
    ['ML-ProblemChild-20210602-1', 'ml-problemchild'],
    ['ML-URLSpoof-20210805-1', 'ml-urlspoof'],
    ['ML-Beaconing-20211216-1', 'ml-beaconing'],
    ['ML-HostRiskScore-20210728-1', 'ml-host-risk-score'],
    ['ML-UserRiskScore-20220812-2', 'ml-user-risk-score'],
    ['ML-Phishing-20261122-1', undefined],
    ['anything', undefined],
  ])('%s is of kind %s', (name, kind) => {
    expect(kindOfName(name, builtInKinds)?.id).toBe(kind);
  });

  it('takes the longest family where several fit', () => {
    const kinds = [mlDga, { ...mlDga, id: 'ml-dga-pro', family: 'ML-DGA-pro' }];
    expect(kindOfName('ML-DGA-pro-2026', kinds)?.id).toBe('ml-dga-pro');
    expect(kindOfName('ML-DGA-pro-20261122-1', kinds)?.id).toBe('ml-dga-pro');
  });
});
