import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import lock from '../package-lock.json' with { type: 'json' };

interface LockedPackage {
  readonly integrity: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe('package', () => {
  it('has six scripts', () => {
    expect(Object.keys(packageJson.scripts).sort()).toEqual(['bench', 'build', 'check', 'dev', 'test', 'test:peers']);
  });

  it('has at most eight direct dependencies, and every version is exact', () => {
    const { dependencies, devDependencies } = packageJson;
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(8);
    const versions = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('ships dist and no sources', () => {
    expect(packageJson.bin).toEqual({ 'ml-detection-release': 'dist/cli.cjs', mldr: 'dist/cli.cjs' });
    expect(packageJson.files.filter((path) => /\.ts$|^src$/.test(path))).toEqual([]);
  });
});

describe('lock file', () => {
  const { '': _, ...installed } = lock.packages;
  const locked: Record<string, LockedPackage> = installed;
  const paths = Object.keys(locked);

  it('is of version 3, and knows what package.json asks for', () => {
    const { dependencies, devDependencies, engines, bin } = packageJson;
    expect(lock.lockfileVersion).toBe(3);
    expect(lock.packages['']).toMatchObject({ dependencies, devDependencies, engines, bin });
  });

  it('pins every package by its digest', () => {
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter((path) => !locked[path]?.integrity.startsWith('sha512-'))).toEqual([]);
  });

  // Where npm found no package for some platform it writes a lock file that `npm ci` then refuses.
  it('has the packages of every platform', () => {
    const missing = paths.flatMap((path) =>
      Object.keys(locked[path]?.optionalDependencies ?? {})
        .filter((name) => !paths.some((other) => other.endsWith(`node_modules/${name}`)))
        .map((name) => `${name} of ${path}`),
    );
    expect(missing).toEqual([]);
  });
});
