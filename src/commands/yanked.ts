import { configurationFile } from '../configuration/configuration.ts';
import { readYanked } from '../configuration/yanked.ts';
import type { History } from '../domain/history.ts';
import { defaultLimits } from '../domain/limits.ts';
import { safe } from '../domain/safe.ts';
import { type Yanking, yankedDoubts, yankedEntry, yankedFacts, yankedText } from '../domain/yanked.ts';
import { Failure } from '../errors.ts';
import { readToml } from '../formats/toml/read.ts';
import { manifestName } from '../publish/asset.ts';
import type { Testimony } from '../publish/history.ts';
import type { Verification } from '../publish/verify.ts';
import type { Session } from '../session.ts';
import type { ReleaseStore } from '../stores/store.ts';

/**
 * Every yanked release: those of the configuration file here, and those of the file beside the releases, which a pull
 * request cannot change. A list that cannot be read is a remark.
 */
export async function yankedReleases({ configuration }: Session, store: ReleaseStore): Promise<Yanking> {
  const { releases, ...rest } = await besideReleases(store);
  const here = configuration.yanked;
  const there = releases.filter(({ name, manifestSha256 }) => {
    return !here.some((entry) => entry.name === name && entry.manifestSha256 === manifestSha256);
  });
  return { ...rest, releases: [...here, ...there] };
}

/** The history with the yanked names in it: a number that was yanked is used up, wherever its release is now. */
export function withYanked(history: History, { releases }: Yanking): History {
  const known = new Set(history.names);
  const gone = [...new Set(releases.map(({ name }) => name))].filter((name) => !known.has(name));
  if (gone.length === 0) return history;
  return {
    ...history,
    names: [...history.names, ...gone].sort(),
    removed: [...(history.removed ?? []), ...gone].sort(),
  };
}

/** What is to be said of the yanked releases of a store as a whole: lists that were not read, entries that do not fit. */
export function yankedNotes(yanking: Yanking, { names, releases }: History): string[] {
  const manifests = new Map(releases.map(({ name, manifestSha256 }) => [name, manifestSha256]));
  return [...yanking.remarks, ...yankedDoubts(yanking, names, manifests)];
}

/** What is to be said of one release that was read: whether it is yanked, and whether the entry means what was read. */
export function yankedMarks(yanking: Yanking, { name, assets }: Verification): string[] {
  const own = { ...yanking, releases: yanking.releases.filter((entry) => entry.name === name) };
  const manifest = assets.find((asset) => asset.name === manifestName(name));
  const manifests = new Map(manifest === undefined ? [] : [[name, manifest.sha256]]);
  const [entry] = own.releases;
  const marks = entry === undefined ? [] : [yankedText(entry)];
  return [...marks, ...yankedDoubts(own, [name], manifests), ...yanking.remarks];
}

/** The same for a report of a machine. */
export function yankedFields(yanking: Yanking, name: string): { readonly yanked?: object; readonly remarks?: object } {
  const entry = yankedEntry(yanking, name);
  return {
    ...(entry === undefined ? {} : { yanked: yankedFacts(entry) }),
    ...(yanking.remarks.length === 0 ? {} : { remarks: yanking.remarks }),
  };
}

/** @throws Failure `release-yanked`; `yanked-unknown` where a list that may name the release cannot be read */
export function requireNotYanked(name: string, yanking: Yanking, { known }: Testimony): void {
  const entry = yankedEntry(yanking, name);
  if (entry === undefined) {
    if (yanking.unread === undefined) return;
    throw new Failure('yanked-unknown', `\`${safe(name)}\` was not taken. ${yanking.unread}`);
  }
  const { reason, replacement, manifestSha256, source } = entry;
  const other = known !== undefined && manifestSha256 !== undefined && known.manifestSha256 !== manifestSha256;
  const doubt = other
    ? ` The entry has the manifest ${manifestSha256}, and published is ${known.manifestSha256}: one of them is wrong.`
    : '';
  const message = `\`${safe(name)}\` is yanked by ${safe(source, 1000)}: ${safe(reason, 1000)}.${doubt}`;
  const all = 'To have this one all the same: --allow-yanked.';
  throw new Failure('release-yanked', message, {
    help: replacement === undefined ? all : `Take \`${safe(replacement)}\`. ${all}`,
  });
}

async function besideReleases(store: ReleaseStore): Promise<Yanking> {
  const source = `${configurationFile} of ${store.address}`;
  const unread = (reason: string): Yanking => {
    const remark = `Whether ${safe(source, 1000)} yanks releases cannot be seen: ${reason}`;
    return { releases: [], remarks: [remark], unread: remark };
  };
  const found = await content(store);
  if (found === undefined) return { releases: [], remarks: [] };
  if (found instanceof Failure) return unread(found.message);
  const { document, findings } = await readToml(Buffer.from(found), configurationFile, defaultLimits);
  if (document === undefined) return unread(findings[0]?.message ?? 'it is no TOML.');
  const { releases, defects } = readYanked(document.value, source);
  const whole = defects.find(({ pointer }) => pointer === '/yanked');
  if (whole !== undefined) return unread(safe(whole.message, 1000));
  return { releases, remarks: defects.map(({ message }) => `${safe(source, 1000)}: ${safe(message, 1000)}`) };
}

async function content(store: ReleaseStore): Promise<Uint8Array | Failure | undefined> {
  try {
    return await store.settings?.(configurationFile);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
