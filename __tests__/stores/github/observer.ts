import type { PlannedAsset } from '../../../src/domain/plan.ts';
import type { ReleaseState, RepositoryState } from '../../github-server/state.ts';

/** What is to be published, as far as it can be seen. */
export interface Wanted {
  readonly request: { readonly name: string; readonly commit?: string };
  readonly assets: readonly PlannedAsset[];
}

/** Judges every moment of a repository while jobs work on it. */
export interface Observer {
  readonly onChange: (repository: RepositoryState, token: string) => void;
  /** What was seen that must never be: I1, I4, I5, I6 of security.md §6.2. */
  readonly seen: string[];
}

/**
 * Watches a repository.
 * @param orders any of which may be published under its name, whole
 * @param before releases and drafts of others, which must stay as they are
 * @param runs the run of each token: what another run drafted is not its own to change
 */
export function observe(
  orders: readonly Wanted[],
  before: readonly ReleaseState[],
  runs: ReadonlyMap<string, string> = new Map(),
): Observer {
  const seen: string[] = [];
  const allowed = orders.map(({ request, assets }) => `${request.name} ${fingerprint(assets)}`);
  const earlier = before.map((release) => [release.id, JSON.stringify(release)] as const);
  const foreign = new Set<number>();
  const drafts = new Map<number, { readonly run: string; readonly text: string }>();
  const onChange = ({ releases }: RepositoryState, token: string): void => {
    for (const [id, { run, text }] of runs.has(token) ? drafts : []) {
      const now = releases.find((release) => release.id === id);
      if (run !== runs.get(token) && (now === undefined || photograph(now) !== text)) {
        seen.push(`I6: draft ${id} of ${run} was changed by ${runs.get(token)}`);
      }
    }
    drafts.clear();
    for (const release of releases) {
      const run = /<!-- mldr v1 run=(\S+) /.exec(release.body)?.[1];
      if (release.draft && run !== undefined) drafts.set(release.id, { run, text: photograph(release) });
    }
    for (const [id, text] of earlier) {
      const now = releases.find((release) => release.id === id);
      if (now === undefined || JSON.stringify(now) !== text) seen.push(`I4/I6: release ${id} of another changed`);
    }
    for (const { draft, body, id } of releases) if (draft && body === 'by hand') foreign.add(id);
    for (const id of foreign) if (!releases.some((release) => release.id === id)) seen.push(`I6: draft ${id} is gone`);
    const names = new Set(orders.map(({ request }) => request.name));
    const published = releases.filter(({ draft, tag }) => !draft && names.has(tag));
    for (const release of published) {
      const whole = release.assets.every(({ state }) => state === 'uploaded');
      if (!whole || !allowed.includes(`${release.tag} ${fingerprint(release.assets)}`)) {
        seen.push(`I1: ${release.tag} is published with ${fingerprint(release.assets)}`);
      }
    }
    if (new Set(published.map(({ tag }) => tag)).size < published.length) seen.push('I5: two releases of one tag');
  };
  return { onChange, seen };
}

/** A release as it can be compared, without its bytes. */
function photograph({ assets, ...release }: ReleaseState): string {
  return JSON.stringify([release, assets.map(({ id, name, state, sha256 }) => [id, name, state, sha256])]);
}

/** Whether a repository holds exactly one published release of an order's name, whole, on its commit. */
export function isPublished({ releases, refs }: RepositoryState, { request, assets }: Wanted): boolean {
  const published = releases.filter(({ draft, tag }) => !draft && tag === request.name);
  const [release] = published;
  return (
    release !== undefined &&
    published.length === 1 &&
    fingerprint(release.assets) === fingerprint(assets) &&
    refs.get(`tags/${request.name}`)?.sha === request.commit
  );
}

function fingerprint(
  assets: readonly { readonly name: string; readonly size: number; readonly sha256: string }[],
): string {
  return assets
    .map(({ name, size, sha256 }) => `${name}:${size}:${sha256.slice(0, 16)}`)
    .sort()
    .join(' ');
}
