import { link, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Deployment } from '../domain/deployment.ts';
import { safe } from '../domain/safe.ts';
import { errnoOf, Failure } from '../errors.ts';
import { createExclusively, makeFolder, syncFolder } from '../stores/durable.ts';
import { fileFailure, writing } from '../stores/file-failure.ts';
import type { Journal } from './journal.ts';
import { isDeployment } from './record.ts';
import { unfinishedOf } from './unfinished.ts';

/** What a journal in a folder takes besides it. */
export interface DirectoryJournalOptions {
  /** Name or address of the target: a folder holds the journal of one. */
  readonly target: string;
  /** The system's `link`; another one in tests of file systems that have none. */
  readonly makeLink?: typeof link;
}

interface RecordFile {
  readonly name: string;
  readonly number: number;
  readonly revision: number;
}

const form = /^([1-9]\d{0,8})\.([1-9]\d{0,8})\.json$/;

// A reader meets a name that is gone, or a file that a system without links still fills, for some milliseconds at most.
const looks = 10;

/**
 * Opens a folder as the journal of one target (`--state dir:<folder>`). A deployment is a file `<number>.<revision>.json`;
 * each write creates the next revision exclusively and takes away those below it, so of two writers one succeeds, and
 * a reader always finds a whole record. Touches nothing yet; the first `begin` makes the folder.
 */
export function openDirectoryJournal(path: string, { target, makeLink = link }: DirectoryJournalOptions): Journal {
  const revisions = new Map<number, number>();

  async function list(): Promise<Deployment[]> {
    const found = await readRecords(path);
    for (const { file } of found) revisions.set(file.number, file.revision);
    const other = found.find(({ deployment }) => deployment.target !== target)?.deployment.target;
    if (other === undefined) return found.map(({ deployment }) => deployment);
    throw new Failure('state-invalid', `\`${safe(path, 1000)}\` holds the journal of \`${safe(other)}\`.`, {
      help: 'Name a folder of its own for each target.',
    });
  }

  /** Puts a revision there if nobody was faster. */
  async function put(deployment: Deployment, revision: number): Promise<boolean> {
    const { number } = deployment;
    const file = join(path, `${number}.${revision}.json`);
    return await writing(file, async () => {
      if (!(await createExclusively(file, `${JSON.stringify(deployment, null, 2)}\n`, makeLink))) return false;
      await syncFolder(path);
      const others = (await recordFiles(path)).filter(
        (other) => other.number === number && other.revision !== revision,
      );
      // A writer that was asleep may have taken a revision which a later one has replaced and taken away.
      if (others.some((other) => other.revision > revision)) {
        await rm(file, { force: true });
        return false;
      }
      for (const { name } of others) await rm(join(path, name), { force: true });
      revisions.set(number, revision);
      return true;
    });
  }

  return {
    address: `dir:${path}`,
    list,
    begin: async (deployment) => {
      await writing(path, () => makeFolder(path, true));
      const records = await list();
      const unfinished = unfinishedOf(records);
      const newest = records[0]?.number ?? 0;
      if (unfinished === undefined && newest < deployment.number && (await put(deployment, 1))) return;
      const { number, run } = unfinished ?? { number: deployment.number, run: undefined };
      const by = run === undefined ? '' : ` by run \`${safe(run)}\``;
      throw new Failure('deployment-held', `Deployment ${number}${by} stands in \`${safe(path, 1000)}\` already.`);
    },
    write: async (deployment) => {
      const revision = revisions.get(deployment.number);
      if (revision !== undefined && (await put(deployment, revision + 1))) return;
      const record = `the record of deployment ${deployment.number} in \`${safe(path, 1000)}\``;
      throw new Failure('deployment-lost', `Another run wrote ${record} since.`);
    },
  };
}

interface FoundRecord {
  readonly file: RecordFile;
  readonly deployment: Deployment;
}

/** The highest revision of each number, newest number first; looks again where a name was gone or a file unfinished. */
async function readRecords(path: string): Promise<FoundRecord[]> {
  for (let look = 1; ; look += 1) {
    const files = await recordFiles(path);
    const newest = files.filter(
      ({ number, revision }) => !files.some((other) => other.number === number && other.revision > revision),
    );
    const found: FoundRecord[] = [];
    for (const file of newest.sort((a, b) => b.number - a.number)) {
      const value = await readRecord(join(path, file.name));
      if (value === undefined && look < looks) break;
      if (!isDeployment(value) || value.number !== file.number) {
        throw new Failure('state-invalid', `\`${safe(join(path, file.name), 1000)}\` is no record of a deployment.`);
      }
      found.push({ file, deployment: value });
    }
    if (found.length === newest.length) return found;
    await setTimeout(5 * look);
  }
}

async function recordFiles(path: string): Promise<RecordFile[]> {
  const names = await orAbsent(path, readdir(path));
  return (names ?? []).flatMap((name) => {
    const [, number, revision] = form.exec(name) ?? [];
    return number === undefined ? [] : [{ name, number: Number(number), revision: Number(revision) }];
  });
}

/** Undefined where the file is gone, or not whole. */
async function readRecord(path: string): Promise<unknown> {
  const text = await orAbsent(path, readFile(path, 'utf8'));
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function orAbsent<T>(path: string, reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw fileFailure(error, 'read', path);
  }
}
