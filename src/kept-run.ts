import { createHash, randomUUID } from 'node:crypto';
import { promises } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Host } from './host.ts';
import { type Holder, standingOf, thisProcess } from './stores/directory/holder.ts';
import { createExclusively, makeFolder } from './stores/durable.ts';

/** The id of a run that no workflow names, kept for the next try. */
export interface KeptRun {
  readonly run: string;
  /** The release is published: nothing has to be gone on with. */
  forget(): Promise<void>;
}

const form = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/;

/**
 * The run that releases a name into a store from a laptop. A process that ended leaves its id in the user's cache folder
 * (design.md §2), so that the next try goes on with its draft; while one lives, another gets an id of its own, and the
 * store tells it whose the draft is. Nothing depends on it: where it cannot be kept, a draft is reported, not resumed.
 */
export async function keptRun(env: Host['env'], store: string, release: string): Promise<KeptRun> {
  const folder = join(cacheFolder(env), 'ml-detection-release', 'runs');
  const path = join(
    folder,
    createHash('sha256')
      .update(JSON.stringify([store, release]))
      .digest('hex'),
  );
  const fresh = { run: randomUUID(), forget: async () => undefined };
  try {
    await makeFolder(folder, true);
    const left = await takenOver(path);
    if (left === 'busy') return fresh;
    const run = left ?? fresh.run;
    const text = `${JSON.stringify({ run, holder: thisProcess() })}\n`;
    if (!(await createExclusively(path, text))) return fresh;
    return { run, forget: () => promises.rm(path, { force: true }).catch(() => undefined) };
  } catch {
    return fresh;
  }
}

/** The id that a process left which has ended; taken away, so that of two who find it one goes on. */
async function takenOver(path: string): Promise<string | 'busy' | undefined> {
  const text = await promises.readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { run, holder } = kept(text) ?? {};
  const standing = holder === undefined ? 'dead' : standingOf(holder, thisProcess());
  if (standing !== 'dead' && standing !== 'self') return 'busy';
  const aside = `${path}.${randomUUID()}`;
  const mine = await promises.rename(path, aside).then(
    () => true,
    () => false,
  );
  await promises.rm(aside, { force: true });
  return mine ? run : 'busy';
}

function kept(text: string): { run: string; holder: Holder } | undefined {
  try {
    const { run, holder } = JSON.parse(text) as { run?: unknown; holder?: Partial<Holder> };
    const known = typeof run === 'string' && form.test(run) && Number.isSafeInteger(holder?.pid);
    return known && typeof holder?.host === 'string' ? { run, holder: holder as Holder } : undefined;
  } catch {
    return undefined;
  }
}

/** Where programs of this user keep what they can do without (XDG Base Directory Specification, and its likes). */
function cacheFolder(env: Host['env']): string {
  const named = process.platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME'];
  if (named !== undefined && isAbsolute(named)) return named;
  const home = env['HOME'] ?? homedir();
  return process.platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}
