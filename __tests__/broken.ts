import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** One defect, and where it is to be found. */
export interface Broken {
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

const fixtures = resolve('__tests__/fixtures/broken');

/** The twelve broken bundles, each with its one defect. */
export const brokenBundles: readonly Broken[] = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8'));

const removed: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(fixtures, 'removed.json'), 'utf8'),
);

/** A good example without its readme, the variant's own files over it, and what it lacks removed, below a folder. */
export function buildBroken({ variant, bundle }: Broken, below: string): string {
  const folder = join(below, bundle);
  mkdirSync(folder, { recursive: true });
  cpSync(resolve('examples', bundle), folder, { recursive: true });
  rmSync(join(folder, 'README.md'));
  const own = join(fixtures, variant, bundle);
  if (existsSync(own)) cpSync(own, folder, { recursive: true });
  for (const file of removed[variant] ?? []) rmSync(join(folder, file));
  return folder;
}

/** The earlier releases of a variant: name, and path of the manifest that the historic tool left. */
export function earlierOf({ variant }: Broken): { readonly name: string; readonly manifest: string }[] {
  const folder = join(fixtures, variant);
  const manifests = existsSync(folder) ? readdirSync(folder).filter((file) => file.startsWith('manifest-')) : [];
  return manifests.map((file) => ({
    name: basename(file, '.json').slice('manifest-'.length),
    manifest: join(folder, file),
  }));
}
