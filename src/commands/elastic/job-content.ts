import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Bundle } from '../../domain/bundle.ts';
import type { SubjectReport } from '../../domain/report.ts';
import { safe } from '../../domain/safe.ts';
import { parseReleaseName } from '../../domain/tag.ts';
import { Failure } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { examineFile } from '../scan-file.ts';
import { type Content, pinned, readFolder, readRelease } from './content.ts';
import { singleJobs } from './line.ts';
import { familyOf } from './setup.ts';

/** What jobs are uploaded from. */
export interface JobContent {
  readonly bundles: readonly Bundle[];
  readonly subjects: readonly SubjectReport[];
  /** Family of the bundle; of files `singleJobs`. */
  readonly family: string;
  readonly release?: string;
  readonly digest?: string;
  dispose(): Promise<void>;
}

/**
 * Reads and checks what `file` names: files of jobs, each on its own; or one bundle (a folder or zip); or one release of
 * the store.
 * @throws Failure `usage`, `path-not-found`, those of a release
 */
export async function readJobs(session: Session): Promise<JobContent> {
  const names = session.inputs.file ?? [];
  const [first = ''] = names;
  const whole = names.filter((name) => isBundle(session, name) || isRelease(session, name));
  if (whole.length === 0) return await readFiles(session, names);
  if (names.length > 1) {
    throw new Failure('usage', `\`${safe(whole[0] ?? '')}\` is named with others.`, {
      help: 'Name one bundle, one release, or files.',
    });
  }
  return ofContent(await (isBundle(session, first) ? readFolder(session, first) : readRelease(session, pinned(first))));
}

function isBundle({ host }: Session, name: string): boolean {
  const path = resolve(host.cwd, name);
  return existsSync(path) && (statSync(path).isDirectory() || /\.zip$/i.test(name));
}

function isRelease({ host }: Session, name: string): boolean {
  return !existsSync(resolve(host.cwd, name)) && typeof parseReleaseName(name.replace(/@.*$/, '')) === 'object';
}

function ofContent({ bundle, subject, release, digest, dispose }: Content): JobContent {
  return { bundles: [bundle], subjects: [subject], family: familyOf(bundle), release, digest, dispose };
}

async function readFiles(session: Session, names: readonly string[]): Promise<JobContent> {
  const bundles: Bundle[] = [];
  const subjects: SubjectReport[] = [];
  for (const name of names) {
    const { bundle, subject } = await examineFile(session, name);
    bundles.push(bundle);
    subjects.push(subject);
  }
  return { bundles, subjects, family: singleJobs, dispose: async () => undefined };
}
