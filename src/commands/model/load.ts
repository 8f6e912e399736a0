import { basename, resolve } from 'node:path';
import { requireInside } from '../../confinement.ts';
import type { Bundle } from '../../domain/bundle.ts';
import type { Finding } from '../../domain/diagnostic.ts';
import { readEntry } from '../../formats/bundle/entry.ts';
import { readBundle } from '../../formats/bundle/read.ts';
import {
  type BundleModel,
  type BundleModelReading,
  bundleModel,
  loneModel,
} from '../../inference/bundle/bundle-model.ts';
import { isFolder } from '../../is-folder.ts';
import { readingProgress } from '../../reading-progress.ts';
import type { CommandResult } from '../../result.ts';
import { kindFor, type Session } from '../../session.ts';
import { givenFile } from '../given-file.ts';

/** A model that can be asked, or the answer of a command that cannot go on without one. */
export type Loaded = { readonly model: BundleModel; readonly bundle?: Bundle } | { readonly answer: CommandResult };

const role = { id: 'model', pattern: '*', format: 'elastic-model', count: 'one' } as const;

/**
 * Reads the model that the input `model` names: the one of a bundle (folder or zip), or a file of its own.
 * @throws Failure `path-not-found`, `path-refused`, `file-unreadable`
 */
export async function loadModel(session: Session): Promise<Loaded> {
  const path = session.inputs.model ?? '';
  requireInside(session.host, path);
  const location = resolve(session.host.cwd, path);
  const progress = readingProgress(session.host, basename(path));
  try {
    if (!isFolder(location) && !/\.zip$/i.test(path)) return await ofFile(session, path);
    const options = { limits: session.limits, kindOf: (base: string) => kindFor(session, base), onRead: progress.read };
    const bundle = await readBundle(location, options);
    const reading = bundleModel(bundle);
    return 'found' in reading
      ? { model: reading.found, bundle: { ...bundle, path } }
      : { answer: answerOf(reading, bundle.findings, path) };
  } finally {
    progress.end();
  }
}

async function ofFile(session: Session, path: string): Promise<Loaded> {
  const { bytes, sha256 } = givenFile(session, path, 'model');
  const file = { path, size: bytes.length, sha256, bytes };
  const { entry, findings } = await readEntry(file, [{ role, capture: '' }], session.limits);
  const reading = loneModel(entry);
  return 'found' in reading ? { model: reading.found } : { answer: answerOf(reading, findings, path) };
}

/** A "no": what stands in the way, place by place. */
function answerOf(
  reading: Exclude<BundleModelReading, { found: BundleModel }>,
  findings: readonly Finding[],
  path: string,
): CommandResult {
  const problems = 'refused' in reading ? reading.refused : [{ file: path, pointer: '', message: reading.none }];
  const text = [
    `The model of ${path} cannot be evaluated.`,
    ...problems.map(({ file, pointer, message }) => `  ${file}${pointer === '' ? '' : ` ${pointer}`}: ${message}`),
    ...findings.slice(0, 20).map(({ check, message, at }) => `  ${at?.file ?? path}: ${message} (${check})`),
  ];
  return { subjects: [], no: true, result: { problems }, text };
}
