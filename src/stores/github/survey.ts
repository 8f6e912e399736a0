import { compareText } from '../../domain/diagnostic.ts';
import type { SeenRelease, Survey } from '../store.ts';
import type { Client, Page } from './client.ts';
import { isTag } from './names.ts';
import { publishedUnder, tagsFrom } from './remote.ts';
import { type RemoteRelease, releaseFrom } from './wire.ts';

/** Every family begins with this. */
export const familyPrefix = 'ML-';

/** Lookups at once. */
const width = 8;
/** Pages that GitHub shows of a list of any length, 100 rows each. */
const mostPages = 10;

/**
 * The newest page of releases, with their assets, and all tags: two requests, however many releases there are. Whether
 * a tag beyond that page has a release is looked up when somebody has to know, one by one, or page by page where that
 * is less.
 * @param remember told of every release that was seen
 */
export async function surveyOf(client: Client, remember: (release: RemoteRelease) => void): Promise<Survey> {
  const pages = client.pages(`${client.root}/releases?per_page=100`, 'list the releases');
  const published = new Map<string, RemoteRelease>();
  const absent = new Set<string>();
  let [turned, asked, end] = [0, 0, undefined as Page['end']];

  function take(release: RemoteRelease): void {
    if (release.draft) return;
    published.set(release.tag, release);
    remember(release);
  }

  async function turnPage(): Promise<void> {
    const { value } = await pages.next();
    turned += 1;
    end = value === undefined ? 'whole' : value.end;
    for (const row of value?.rows ?? []) take(releaseFrom(row));
  }

  async function ask(tag: string): Promise<void> {
    asked += 1;
    const release = isTag(tag) ? await publishedUnder(client, tag) : undefined;
    if (release === undefined) absent.add(tag);
    else take(release);
  }

  await turnPage();
  const seen = [...published.values()].map(seenRelease);
  const tags = end === 'whole' ? [] : (await tagsFrom(client, familyPrefix)).map(({ tag }) => tag);
  const uncertain = new Set(tags.filter((tag) => !published.has(tag)));
  const names = [...new Set([...published.keys(), ...tags])].sort(compareText);

  async function look(wanted: readonly string[]): Promise<SeenRelease[]> {
    const unknown = (): string[] => wanted.filter((name) => !published.has(name) && !absent.has(name));
    const pagesLeft = Math.min(mostPages, Math.ceil(names.length / 100)) - turned;
    if (unknown().length + asked > pagesLeft) while (end === undefined) await turnPage();
    const left = unknown();
    if (end === 'whole') for (const name of left.splice(0)) absent.add(name);
    while (left.length > 0) await Promise.all(left.splice(0, width).map(ask));
    return wanted.flatMap((name) => published.get(name) ?? []).map(seenRelease);
  }

  return { names, uncertain, seen, look };
}

function seenRelease({ tag, publishedAt, createdAt, assets }: RemoteRelease): SeenRelease {
  const whole = assets.filter((asset) => asset.whole).map(({ name, size }) => ({ name, size }));
  return { name: tag, publishedAt: publishedAt ?? createdAt, assets: whole };
}
