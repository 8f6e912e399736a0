import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { requireInside } from '../../confinement.ts';
import type { Bundle } from '../../domain/bundle.ts';
import type { SubjectReport } from '../../domain/report.ts';
import { safe } from '../../domain/safe.ts';
import { parseReleaseName } from '../../domain/tag.ts';
import { Failure } from '../../errors.ts';
import { kindOfName } from '../../kinds/kinds.ts';
import type { Session } from '../../session.ts';
import { examineFile } from '../scan-file.ts';
import { type Content, pinned, readFolder, readRelease } from './content.ts';
import { familyOf } from './setup.ts';

/** What jobs or rules are uploaded from. */
export interface FileContent {
  readonly bundles: readonly Bundle[];
  readonly subjects: readonly SubjectReport[];
  /** Family of the bundle; of files the one that they were read for. */
  readonly family: string;
  readonly release?: string;
  readonly digest?: string;
  dispose(): Promise<void>;
}

/**
 * Reads and checks what `file` names: files of jobs or rules, each on its own; or one bundle (a folder or zip); or one
 * release of the store.
 * @param family of what belongs to no release
 * @param ending of the files that a folder stands for which is no bundle; undefined where it has to be one
 * @throws Failure `usage`, `path-not-found`, those of a release
 */
export async function readFiles(session: Session, family: string, ending?: string): Promise<FileContent> {
  const given = session.inputs.file ?? [];
  const names = ending === undefined ? given : given.flatMap((name) => filesIn(session, name, ending) ?? [name]);
  const [first = ''] = names;
  const whole = names.filter((name) => isBundle(session, name) || isRelease(session, name));
  if (whole.length === 0) return await readEach(session, names, family);
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

/** The files of a folder that is no bundle; undefined where it is one, or none. @throws Failure `usage` where it has none */
function filesIn({ host, inputs, kinds }: Session, name: string, ending: string): string[] | undefined {
  const path = resolve(host.cwd, name);
  if (!existsSync(path) || !statSync(path).isDirectory()) return undefined;
  if (inputs.kind !== undefined || kindOfName(basename(path), kinds) !== undefined) return undefined;
  requireInside(host, name);
  const files = readdirSync(path).filter((file) => file.endsWith(ending));
  if (files.length > 0) return files.toSorted().map((file) => join(name, file));
  throw new Failure('usage', `There is no file \`*${ending}\` in ${safe(name)}.`);
}

function isRelease({ host }: Session, name: string): boolean {
  return !existsSync(resolve(host.cwd, name)) && typeof parseReleaseName(name.replace(/@.*$/, '')) === 'object';
}

function ofContent({ bundle, subject, release, digest, dispose }: Content): FileContent {
  return { bundles: [bundle], subjects: [subject], family: familyOf(bundle), release, digest, dispose };
}

async function readEach(session: Session, names: readonly string[], family: string): Promise<FileContent> {
  const bundles: Bundle[] = [];
  const subjects: SubjectReport[] = [];
  for (const name of names) {
    const { bundle, subject } = await examineFile(session, name);
    bundles.push(bundle);
    subjects.push(subject);
  }
  return { bundles, subjects, family, dispose: async () => undefined };
}
