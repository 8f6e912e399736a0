import { basename, resolve } from 'node:path';
import type { Kind } from '../domain/kind.ts';
import type { SubjectReport } from '../domain/report.ts';
import { namesOfFamily } from '../domain/tag.ts';
import { Failure } from '../errors.ts';
import { type KeptRun, keptRun } from '../kept-run.ts';
import type { PublishListener } from '../publish/event.ts';
import { withNextName } from '../publish/next.ts';
import { newestWithFiles } from '../publish/plan.ts';
import { type PreparedRelease, prepareRelease } from '../publish/prepare.ts';
import { publishRelease } from '../publish/publish.ts';
import type { CommandResult } from '../result.ts';
import { kindFor, openStore, type Session } from '../session.ts';
import type { ReleaseStore } from '../stores/store.ts';
import { workflowRun } from '../workflow-run.ts';
import { consentTo } from './consent.ts';
import { type Examined, examineBundle } from './examined.ts';
import { dateOf } from './next-name.ts';
import { writePlan } from './planned.ts';
import { preparation } from './preparation.ts';
import { plannedSubject, progressOf, publishedSubject } from './publishing.ts';
import { idleFlags, requireFlags } from './release-flags.ts';
import { requireName } from './release-name.ts';
import { findRelease } from './release-source.ts';

/** All stages: read, check, plan, apply, verify. What is published already with these very files stays as it is. */
export async function release(session: Session): Promise<CommandResult> {
  requireDigest(session.inputs['expected-sha256']);
  const store = await openStore(session);
  requireFlags(session, store);
  const path = await findRelease(session);
  const result =
    session.inputs.next === true ? await underNextName(session, store, path) : await once(session, store, path);
  return { ...result, store: store.address };
}

async function underNextName(session: Session, store: ReleaseStore, path: string): Promise<CommandResult> {
  const kind = kindToMint(session, path);
  const date = dateOf(session);
  const first = await examineBundle(session, path);
  const newest = newestWithFiles(kind.family, first.bundle.entries, first.history);
  if (newest !== undefined) return once(session, store, path, newest.name);
  const consented = { given: false };
  const run = workflowRun(session.host.env, session.inputs);
  const left = run === undefined ? [] : await store.leftBy(run);
  return withNextName(store, kind.family, date, (name) => once(session, store, path, name, consented), {
    taken: first.history.removed ?? [],
    begun: namesOfFamily(kind.family, left).map(({ name }) => name),
    onRenamed: (from, to) => tell(session)({ type: 'renamed', from, to }),
  });
}

function kindToMint(session: Session, path: string): Kind {
  const base = basename(resolve(session.host.cwd, path));
  const kind = kindFor(session, base);
  if (kind !== undefined) return kind;
  throw new Failure('usage', `The kind of \`${base}\` cannot be told from its name.`, { help: 'Name it with --kind.' });
}

/** @param consented set once a person said yes: another number is no new question */
async function once(
  session: Session,
  store: ReleaseStore,
  path: string,
  name?: string,
  consented = { given: false },
): Promise<CommandResult> {
  const examined = await examineBundle(session, path, name);
  const { bundle, history, subject } = examined;
  requireName(session, bundle);
  if (subject.verdict === 'reject') return { subjects: [subject], no: true };
  const kept = await runOf(session, store, bundle.name);
  const prepared = await prepareRelease(bundle, history, preparation(session, bundle, history, subject, kept?.run));
  try {
    requireExpected(session, prepared);
    const planned = plannedSubject(subject, prepared);
    await writePlan(session, prepared.plan);
    if (session.inputs['dry-run'] === true) {
      return { subjects: [planned], text: [...idleFlags(session, planned), 'Dry run: nothing was written.'] };
    }
    if (!consented.given && prepared.plan.operations.length > 0) {
      const consent = await consentTo(session, planned);
      if (!consent.given) return { subjects: [planned], no: true, text: [consent.because] };
      consented.given = true;
    }
    const published = await publish(session, store, examined, prepared);
    if (session.inputs.draft !== true) await kept?.forget();
    const idle = idleFlags(session, published);
    return { subjects: [published], ...(idle.length === 0 ? {} : { text: idle }) };
  } finally {
    await prepared.dispose();
  }
}

/** A directory's claim keeps the id of its run itself; a workflow names its own. */
async function runOf({ host, inputs }: Session, store: ReleaseStore, name: string): Promise<KeptRun | undefined> {
  const here = workflowRun(host.env, inputs) === undefined && inputs['dry-run'] !== true;
  return here && !store.address.startsWith('dir:') ? keptRun(host.env, store.address, name) : undefined;
}

async function publish(
  session: Session,
  store: ReleaseStore,
  { subject, historyOptions }: Examined,
  prepared: PreparedRelease,
): Promise<SubjectReport> {
  const options = { limits: session.limits, onEvent: tell(session), history: historyOptions };
  return publishedSubject(subject, await publishRelease(store, prepared, options));
}

function tell(session: Session): PublishListener {
  const toLine = progressOf();
  return (event) => {
    const line = toLine(event);
    if (line !== undefined) session.host.progress(line);
  };
}

function requireDigest(text: string | undefined): void {
  if (text === undefined || /^[0-9a-f]{64}$/i.test(text)) return;
  throw new Failure('usage', `\`--expected-sha256 ${text}\` is no SHA-256: 64 hexadecimal digits.`);
}

function requireExpected(session: Session, { plan, assets }: PreparedRelease): void {
  const expected = session.inputs['expected-sha256'];
  if (expected === undefined) return;
  const zip = assets.find(({ name }) => name === `${plan.release}.zip`);
  if (zip?.sha256 === expected.toLowerCase()) return;
  throw new Failure('precondition-failed', `The zip has sha256 ${zip?.sha256 ?? 'none'}; expected is ${expected}.`, {
    help: 'The files are not those that were packed before: pack again, and pass the new digest on.',
  });
}
