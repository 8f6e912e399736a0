import { describe, expect, it } from 'vitest';
import { layerOf, mayImport } from './architecture/arrows.ts';
import { importsOf, linesOf, repositoryFiles, sources, textOf } from './architecture/sources.ts';

const product = sources('src');
const written = [...product, ...sources('__tests__'), ...sources('scripts'), ...sources('scripts', '.mjs')];

describe('arrows', () => {
  it('every source has a place', () => {
    expect(product.length).toBeGreaterThan(50);
    expect(product.filter((path) => layerOf(path) === undefined)).toEqual([]);
  });

  it('every import points inward', () => {
    const wrong = product.flatMap((path) =>
      importsOf(textOf(path))
        .filter((specifier) => !mayImport(path, specifier))
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('sees imports however they are written', () => {
    const text = [
      "import 'one';",
      "import { a,\n  b } from 'two';",
      "import type { C } from 'three';",
      "export { d } from 'four';",
      "const e = await import('five');",
      "const f = Buffer.from('no import');",
    ].join('\n');
    expect(importsOf(text)).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  it.each([
    ['src/domain/tag.ts', 'node:crypto'],
    ['src/domain/tag.ts', '../errors.ts'],
    ['src/domain/tag.ts', 'smol-toml'],
    ['src/checks/names/date-invalid.ts', 'node:fs'],
    ['src/checks/names/date-invalid.ts', '../../formats/source.ts'],
    ['src/reporters/json.ts', '../log.ts'],
    ['src/inference/model.ts', 'node:fs'],
    ['src/inference/model.ts', '../formats/source.ts'],
    ['src/kinds/kinds.ts', '../formats/source.ts'],
    ['src/formats/source.ts', '../reporters/json.ts'],
    ['src/formats/source.ts', '../stores/store.ts'],
    ['src/formats/source.ts', 'ajv'],
    ['src/stores/directory/claims.ts', '../../publish/plan.ts'],
    ['src/stores/directory/claims.ts', '@actions/core'],
    ['src/publish/apply.ts', '../stores/directory/claims.ts'],
    ['src/publish/apply.ts', '../run.ts'],
    ['src/run.ts', './cli.ts'],
    ['src/run.ts', '@actions/core'],
    ['src/cli.ts', './action.ts'],
    ['src/cli.ts', '@actions/core'],
    ['src/cli.ts', '../package.json'],
    ['src/somewhere/new.ts', '../domain/tag.ts'],
  ])('%s may not import %s', (path, specifier) => {
    expect(mayImport(path, specifier)).toBe(false);
  });
});

describe('size', () => {
  it('no file has more than 300 lines', () => {
    expect(written.filter((path) => linesOf(path) > 300)).toEqual([]);
  });

  it('half of the sources have at most 80 lines', () => {
    const lengths = product.map(linesOf).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80);
  });

  it('a check has at most 60 lines', () => {
    const checks = sources('src/checks').filter((path) => /^src\/checks\/[^/]+\//.test(path));
    expect(checks.length).toBeGreaterThan(5);
    expect(checks.filter((path) => linesOf(path) > 60)).toEqual([]);
  });
});

describe('loose ends', () => {
  const self = '__tests__/architecture.test.ts';
  const inCode = [
    /@ts-(?:ignore|expect-error|nocheck)|biome-ignore|eslint-disable/,
    /\b(?:TODO|FIXME|XXX)\b/,
    /\.(?:skip|only|todo)\(/,
    /^export default /m,
    /^export \* from/m,
  ];

  it.each(inCode)('no %s in code', (pattern) => {
    const code = written.filter((path) => path !== self);
    expect(code.filter((path) => pattern.test(textOf(path)))).toEqual([]);
  });

  it('no any in code', () => {
    const code = (path: string) => textOf(path).replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
    expect(written.filter((path) => /(?::|\bas|<)\s*any\b/.test(code(path)))).toEqual([]);
  });

  it.each([
    ['of a machine', /\/(?:tmp|root|home|work|Users)\/[a-z]/],
    ['of a package registry', /https?:\/\/[^\s"'/]*(?:registry|npmjs|pypi|proxy\.golang)/],
    ['of a download in the lock file', /"resolved":\s*"http/],
  ])('no address %s in the repository', (_, pattern) => {
    const files = repositoryFiles().filter((path) => path !== self && isText(path));
    expect(files).toContain('package-lock.json');
    expect(files.filter((path) => pattern.test(textOf(path)))).toEqual([]);
  });
});

/** As git tells text from other files: by a NUL. */
function isText(path: string): boolean {
  return !textOf(path).includes('\0');
}
