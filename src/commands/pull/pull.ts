import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { configurationFile } from '../../configuration/configuration.ts';
import type { Kind } from '../../domain/kind.ts';
import type { SubjectReport } from '../../domain/report.ts';
import type { ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { rolesOf } from '../../kinds/assign.ts';
import { fillNewFolder } from '../../publish/new-folder.ts';
import { padEnd } from '../../reporters/line.ts';
import { openCatalogue } from '../../resources/elasticsearch/catalogue.ts';
import { hasType } from '../../resources/elasticsearch/opensearch.ts';
import type { CommandResult } from '../../result.ts';
import { kindFor, type Session } from '../../session.ts';
import { openTarget, prefixOf } from '../elastic/target.ts';
import { targetTypes } from '../elastic/target-types.ts';
import { examineBundle } from '../examined.ts';
import { chosenKeys } from './choice.ts';
import { type Collecting, collect } from './collect.ts';
import { filesOf, type PulledFile, placeOf, usesOf } from './files.ts';
import { writeFiles, writeReadme } from './write.ts';

/**
 * Makes a bundle of objects that stand on a target: a new folder with the file names of its kind, whole or not at all.
 * It is checked as `validate` does; what is found wrong with it there is reported, and is as it was on the target.
 * @throws Failure `usage`, `pull-refused`, `write-failed` (the folder exists), `disk-full`; the client's
 */
export async function pull(session: Session): Promise<CommandResult> {
  const { out, path, kind } = destination(session);
  const prefix = prefixOf(session);
  const target = await openTarget(session);
  const { elasticsearch, name } = target;
  const types = targetTypes(target);
  const catalogue = openCatalogue(elasticsearch, types);
  const own = [...types.keys()].filter((type) => hasType(elasticsearch, type));
  const collecting: Collecting = {
    catalogue,
    fits: (key) => placeOf(kind, key, prefix, 'id') !== undefined,
    usesOf: (found) => usesOf(found, kind, own),
  };
  const offer = { kind, prefix, types: own, ...collecting };
  const chosen = await chosenKeys(session.inputs.id ?? [], offer);
  const { found, left } = await collect(chosen, collecting);
  const files = filesOf(kind, found, prefix);
  let subject: SubjectReport | undefined;
  await fillNewFolder(path, async (aside) => {
    const folder = join(aside, basename(path));
    mkdirSync(folder);
    await writeFiles(elasticsearch, folder, files);
    if (rolesOf(kind, 'README.md').length === 1) writeReadme(folder, basename(path), files);
    const missing = 'it is no release yet';
    const yanked = { releases: session.configuration.yanked, remarks: [] };
    subject = (await examineBundle(session, folder, undefined, async () => ({ yanked, missing }))).subject;
    return folder;
  });
  return {
    subjects: subject === undefined ? [] : [{ ...subject, path: out }],
    result: {
      target: name,
      path: out,
      objects: files.map(({ key, path: file }) => ({ type: key.type, id: key.id, file })),
      leftOut: left,
    },
    text: [...table(name, files), ...leftLines(left), `✓ written to ${safe(out, 1000)}`],
  };
}

function destination(session: Session): { readonly out: string; readonly path: string; readonly kind: Kind } {
  const { out } = session.inputs;
  const day = session.now.toISOString().slice(0, 10).replaceAll('-', '');
  if (out === undefined) {
    throw new Failure('usage', '`pull` needs `--out` with the folder of the new bundle.', {
      help: `Call it as the release is to be called, such as \`--out ML-DGA-${day}-1\`.`,
    });
  }
  const path = resolve(session.host.cwd, out);
  const kind = kindFor(session, basename(path));
  if (kind !== undefined) return { out, path, kind };
  throw new Failure('usage', `The kind of the bundle cannot be told from \`${safe(basename(path))}\`.`, {
    help: `Name it with --kind, or the folder as the release is to be called. Own kinds stand in ${configurationFile}.`,
  });
}

function table(target: string, files: readonly PulledFile[]): string[] {
  const names = files.map(({ key }) => `${key.type} ${safe(key.id)}`);
  const width = Math.max(...names.map(({ length }) => length));
  const rows = files.map(({ path }, index) => `  ${padEnd(names[index] ?? '', width)}  ${path}`);
  return [`${files.length} ${files.length === 1 ? 'object' : 'objects'} of ${target}`, ...rows];
}

function leftLines(left: readonly ObjectKey[]): string[] {
  return left.map(({ type, id }) => `  left out: ${type} ${safe(id)}, which has no place in a bundle of this kind`);
}
