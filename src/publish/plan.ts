import { compareText } from '../domain/diagnostic.ts';
import { digestLines } from '../domain/digest.ts';
import type { History, KnownRelease } from '../domain/history.ts';
import type { PlannedAsset, PublishPlan } from '../domain/plan.ts';
import { safe } from '../domain/safe.ts';
import { namesOfFamily, parseReleaseName } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import { indexName, manifestName, sha256Of } from './asset.ts';

/** What is to be published, and what is published already. */
export interface PlanInput {
  readonly name: string;
  /** Files of the bundle. */
  readonly entries: readonly FileDigest[];
  /** In the order of upload. */
  readonly assets: readonly PlannedAsset[];
  readonly history: History;
  /** Whether the draft is left for a person to publish. */
  readonly draft?: boolean;
}

interface FileDigest {
  readonly path: string;
  readonly sha256: string;
}

/**
 * Plans a release: claim the name, put the assets, commit (or leave). Nothing where the name is published with these very files;
 * the zip's bytes do not count, since another build of Node compresses otherwise.
 * @throws Failure `release-exists` (other files, or it cannot be told), `number-lost`
 */
export function planPublish({ name, entries, assets, history, draft = false }: PlanInput): PublishPlan {
  const plan = { version: 1, store: history.store, release: name } as const;
  if (isPublished(name, entries, history)) return { ...plan, operations: [] };
  const rival = sameNumber(name, history.names);
  if (rival !== undefined) {
    throw new Failure('number-lost', `The number of \`${safe(name)}\` is taken: \`${safe(rival)}\` is published.`);
  }
  const after = lastOfFamily(name, history.names);
  const planned = assets.map(({ name: asset, size, sha256 }) => ({ name: asset, size, sha256 }));
  return {
    ...plan,
    operations: [
      {
        do: 'claim',
        name,
        ...(after === undefined ? {} : { after }),
        requires: { absent: true, history: namesDigest(presentNames(history)) },
      },
      ...planned.map((asset) => ({ do: 'put', asset, requires: { absent: true } }) as const),
      { do: draft ? 'leave' : 'commit', name, requires: { assets: planned } },
    ],
  };
}

/**
 * The assets of a plan in the stages of their upload: those of one stage at once, the next when all of it is there.
 * The index comes after what it lists and the manifest last: a draft in which it is, is complete.
 */
export function uploadStages({ release, operations }: PublishPlan): PlannedAsset[][] {
  const assets = operations.flatMap((operation) => (operation.do === 'put' ? [operation.asset] : []));
  const last = [indexName, manifestName(release)];
  const others = assets.filter(({ name }) => !last.includes(name));
  return [others, ...last.map((name) => assets.filter((asset) => asset.name === name))];
}

/** Digest of the names that a store holds: whether an index that was made from them still is complete. */
export function namesDigest(names: readonly string[]): string {
  return sha256Of(
    [...names]
      .sort(compareText)
      .map((name) => `${name}\n`)
      .join(''),
  );
}

/** The newest release of a family, where it holds exactly these files: with `--next` there is nothing to publish then. */
export function newestWithFiles(
  family: string,
  entries: readonly FileDigest[],
  { names, removed = [], releases }: History,
): KnownRelease | undefined {
  const last = namesOfFamily(family, names).at(-1)?.name;
  const release = releases.find(({ name }) => name === last && !removed.includes(name));
  return release !== undefined && digestLines(release.entries) === digestLines(entries) ? release : undefined;
}

function presentNames({ names, removed = [] }: History): string[] {
  const gone = new Set(removed);
  return names.filter((name) => !gone.has(name));
}

function isPublished(name: string, entries: readonly FileDigest[], history: History): boolean {
  if (!history.names.includes(name)) return false;
  const where = `\`${safe(name)}\` is published in ${safe(history.store, 1000)} already`;
  if (history.removed?.includes(name) === true) {
    throw new Failure(
      'release-exists',
      `\`${safe(name)}\` was published once and taken away since: names are never used again.`,
    );
  }
  const release = history.releases.find((known) => known.name === name);
  if (release === undefined) {
    throw new Failure('release-exists', `${where}, without a readable manifest: its files cannot be compared.`);
  }
  if (digestLines(release.entries) === digestLines(entries)) return true;
  throw new Failure('release-exists', `${where}, with other files: ${difference(release.entries, entries)}.`);
}

function difference(published: readonly FileDigest[], wanted: readonly FileDigest[]): string {
  const before = new Map(published.map(({ path, sha256 }) => [path, sha256]));
  const after = new Map(wanted.map(({ path, sha256 }) => [path, sha256]));
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort(compareText);
  const differing = paths.filter((path) => before.get(path) !== after.get(path));
  const [first = '', ...more] = differing;
  const what = !before.has(first) ? 'is not in it' : after.has(first) ? 'differs' : 'is in it only';
  return `\`${safe(first)}\` ${what}${more.length > 0 ? `, and ${more.length} more` : ''}`;
}

function lastOfFamily(name: string, names: readonly string[]): string | undefined {
  const own = parseReleaseName(name);
  return typeof own === 'string' ? undefined : namesOfFamily(own.family, names).at(-1)?.name;
}

function sameNumber(name: string, names: readonly string[]): string | undefined {
  const own = parseReleaseName(name);
  if (typeof own === 'string') return undefined;
  return namesOfFamily(own.family, names).find(({ number }) => number === own.number)?.name;
}
