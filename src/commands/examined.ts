import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { examine } from '../checks/examine.ts';
import { checks } from '../checks/registry.ts';
import { requireInside } from '../confinement.ts';
import { type Bundle, isTestDocument } from '../domain/bundle.ts';
import { emptyHistory, type History } from '../domain/history.ts';
import type { SubjectReport } from '../domain/report.ts';
import { parseReleaseName } from '../domain/tag.ts';
import type { Yanking } from '../domain/yanked.ts';
import { Failure } from '../errors.ts';
import { readBundle } from '../formats/bundle/read.ts';
import { failureOf } from '../log.ts';
import { builtOn } from '../publish/built-on.ts';
import { type HistoryOf, type HistoryOptions, openHistory } from '../publish/history.ts';
import { readingProgress } from '../reading-progress.ts';
import { kindFor, openStore, type Session } from '../session.ts';
import { modelJudgements } from './model-judgements.ts';
import { subjectReport } from './subject-report.ts';
import { withYanked, yankedReleases } from './yanked.ts';

/** A bundle with all that checks say of it. */
export interface Examined {
  readonly bundle: Bundle;
  /** Empty where the store is out of reach of a validation. */
  readonly history: History;
  /** How it was read, to read it again in the same way. */
  readonly historyOptions: HistoryOptions;
  readonly subject: SubjectReport;
}

/** Reads what is known of earlier releases, for one bundle after the other. */
type EarlierReleases = (options: HistoryOptions) => Promise<{
  readonly history?: History;
  readonly yanked: Yanking;
  /** Why there is no history. */
  readonly missing: string;
  /** The failure behind that, where there is one. */
  readonly unread?: Failure;
}>;

/**
 * Reads a bundle and the history of its family, and runs every check.
 * @param name the release name, where it is not the base name of the path
 * @param earlier shared by bundles that are examined together
 * @throws Failure of the readers; of the store too, but for a validation
 */
export async function examineBundle(
  session: Session,
  path: string,
  name?: string,
  earlier = earlierReleases(session),
): Promise<Examined> {
  const progress = readingProgress(session.host, basename(path));
  try {
    return await examined(session, path, name, earlier, progress.read);
  } finally {
    progress.end();
  }
}

async function examined(
  session: Session,
  path: string,
  name: string | undefined,
  earlier: EarlierReleases,
  onRead: (bytes: number) => void,
): Promise<Examined> {
  const location = resolve(session.host.cwd, path);
  const historyOptions = optionsFor(session, name ?? basename(location).replace(/\.zip$/i, ''));
  const [read, { history, yanked, missing, unread }] = await Promise.all([
    readBundle(location, { limits: session.limits, kindOf: (base) => kindFor(session, name ?? base), onRead }),
    earlier(historyOptions),
  ]);
  // What is packed later is found from any working folder; a report names the path as the user did.
  const bundle = { ...read, path: location, name: name ?? read.name };
  const known = history === undefined ? { historyMissing: missing } : { history };
  const { limits, now, severities } = session;
  // A stated release that is not there is a failure of publishing, not of a check.
  const base = session.inputs['built-on'] ?? (history === undefined ? undefined : builtOn(bundle, history));
  const rests = base === undefined ? {} : { builtOn: base };
  const judged = await modelJudgements(session, bundle);
  const simulated = bundle.dev.some(({ path: file }) => isTestDocument(file))
    ? await (await import('./elastic/simulated.ts')).simulatedTests(session, bundle)
    : {};
  const context = {
    bundle,
    limits,
    now,
    minted: name !== undefined,
    forkSettings: session.forkSettings,
    yanked,
    approvedScripts: session.configuration.scripts,
    ...rests,
    ...known,
    ...judged.context,
    ...simulated,
  };
  const examination = await examine(checks, context, severities);
  const seen = subjectReport(session, { ...bundle, path }, examination, history);
  const subject = { ...seen, facts: judged.facts, ...(unread === undefined ? {} : { unseen: failureOf(unread) }) };
  return { bundle, history: history ?? emptyHistory(session.storeAddress), historyOptions, subject };
}

function optionsFor(session: Session, base: string): HistoryOptions {
  const parsed = parseReleaseName(base);
  const { index, command } = session.inputs;
  return {
    name: base,
    onCorruptIndex: command === 'validate' ? 'read-manifests' : 'fail',
    sparing: command !== 'release',
    ...(typeof parsed === 'object' ? { family: parsed.family } : {}),
    ...(index === undefined ? {} : { start: indexFile(session, index) }),
  };
}

/** Opens the store and reads of it what all bundles share when the first one asks; a failure holds for all of them. */
export function earlierReleases(session: Session): EarlierReleases {
  let opened: Promise<{ historyOf: HistoryOf; yanked: Yanking }> | undefined;
  async function open(options: HistoryOptions) {
    const store = await openStore(session);
    const [historyOf, yanked] = await Promise.all([openHistory(store, options), yankedReleases(session, store)]);
    return { historyOf, yanked };
  }
  return async (options) => {
    try {
      opened ??= open(options);
      const { historyOf, yanked } = await opened;
      return { history: withYanked(await historyOf(options), yanked), yanked, missing: '' };
    } catch (error) {
      // A check must not fail because the store is out of reach; a release must, and opens the store again itself.
      if (!(error instanceof Failure) || session.inputs.command !== 'validate') throw error;
      const yanked = { releases: session.configuration.yanked, remarks: [] };
      return { yanked, missing: `the store ${session.storeAddress} cannot be read: ${error.message}`, unread: error };
    }
  };
}

function indexFile(session: Session, file: string): Buffer {
  requireInside(session.host, file);
  try {
    return readFileSync(resolve(session.host.cwd, file));
  } catch (cause) {
    throw new Failure('file-unreadable', `The index ${file} cannot be read.`, { cause });
  }
}
