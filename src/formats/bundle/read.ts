import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Bundle, type Entry, isTestDocument } from '../../domain/bundle.ts';
import { compareText, type Finding } from '../../domain/diagnostic.ts';
import { digestLines } from '../../domain/digest.ts';
import type { Kind } from '../../domain/kind.ts';
import type { Limits } from '../../domain/limits.ts';
import { errnoOf, Failure } from '../../errors.ts';
import { rolesOf } from '../../kinds/assign.ts';
import { formats } from '../formats.ts';
import { isLabels } from '../label-name.ts';
import { readDevFile, readEntry } from './entry.ts';
import { referenceGraph } from './graph.ts';
import type { OnRead, RawBundle } from './raw-file.ts';

/** Files below this folder belong to the team, not to the release (design.md §7.10). */
const devFolder = '_dev/';

const emptyGraph = { references: [], definable: [], unknownDefinitions: {}, unknownUses: {} };

/** What reading needs to know beside the path. */
export interface ReadOptions {
  readonly limits: Limits;
  /** The kind for a base name; undefined where none fits. */
  kindOf(name: string): Kind | undefined;
  /** Told of the bytes of each read, for a person who waits. */
  readonly onRead?: OnRead;
}

/**
 * Reads a bundle: a folder or a zip. Content defects are findings of the bundle.
 * @throws Failure `path-not-found`, `file-unreadable`, `file-changed`
 */
export async function readBundle(path: string, options: ReadOptions): Promise<Bundle> {
  const isFolder = isDirectory(path);
  const base = basename(resolve(path));
  const name = isFolder ? base : base.replace(/\.zip$/i, '');
  const kind = options.kindOf(name);
  const raw = await readRaw(path, isFolder, kind, options);
  const broken = raw.findings.length > 0 && raw.source === 'zip';
  const entries: Entry[] = [];
  const dev: Entry[] = [];
  const findings: Finding[] = [...raw.findings];
  // An archive has its own order; a bundle is the same bundle in any.
  for (const file of broken ? [] : [...raw.files].sort((a, b) => compareText(a.path, b.path))) {
    if (file.path.startsWith(devFolder)) {
      const reading = await readDevFile(file, options.limits);
      dev.push(reading.entry);
      findings.push(...reading.findings);
      continue;
    }
    const roles = kind === undefined ? [] : rolesOf(kind, file.path);
    const reading = await readEntry(file, roles, options.limits);
    entries.push(reading.entry);
    findings.push(...reading.findings);
  }
  return {
    name,
    path,
    source: raw.source,
    ...(raw.topFolder === undefined ? {} : { topFolder: raw.topFolder }),
    ...(kind === undefined ? {} : { kind }),
    sha256: createHash('sha256').update(digestLines(entries)).digest('hex'),
    entries,
    dev,
    graph: kind === undefined ? emptyGraph : referenceGraph(kind, entries),
    findings,
  };
}

async function readRaw(
  path: string,
  isFolder: boolean,
  kind: Kind | undefined,
  { limits, onRead }: ReadOptions,
): Promise<RawBundle> {
  const wanted = (file: string) =>
    isTestDocument(file) ||
    isLabels(file) ||
    (kind !== undefined && rolesOf(kind, file).some(({ role }) => formats[role.format].syntax !== 'none'));
  const nesting = (file: string) =>
    kind !== undefined &&
    rolesOf(kind, file).some(({ role }) => role.nesting?.some((ending) => file.endsWith(`.${ending}`)) === true);
  // Each reader is loaded only where it is needed: a folder needs no zip reader.
  if (isFolder) return (await import('./folder.ts')).readFolder(path, limits, wanted, nesting, onRead);
  return (await import('./archive.ts')).readArchive(path, limits, wanted, nesting, onRead);
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    const missing = errnoOf(cause) === 'ENOENT' || errnoOf(cause) === 'ENOTDIR';
    throw new Failure(missing ? 'path-not-found' : 'file-unreadable', `There is no readable bundle at ${path}.`, {
      help: 'Name a bundle: a folder with the files of a release, or its zip.',
      cause,
    });
  }
}
