import { relative, resolve } from 'node:path';
import { safe } from '../domain/safe.ts';
import { type Yanking, yankedEntry } from '../domain/yanked.ts';
import { Failure } from '../errors.ts';
import { getRelease } from '../publish/get.ts';
import { readKnown, type Testimony } from '../publish/history.ts';
import type { CommandResult } from '../result.ts';
import { openStore, type Session } from '../session.ts';
import { verificationLines } from './verify.ts';
import { yankedFields, yankedMarks, yankedReleases } from './yanked.ts';

/**
 * Downloads a release, proves it and unpacks it into a new folder.
 * @throws Failure `release-yanked`, unless `--allow-yanked` was given
 */
export async function get(session: Session): Promise<CommandResult> {
  const store = await openStore(session);
  const name = session.inputs.release ?? '';
  const into = resolve(session.host.cwd, session.inputs.out ?? '.');
  const [testimony, yanking] = await Promise.all([readKnown(store, name), yankedReleases(session, store)]);
  if (session.inputs['allow-yanked'] !== true) requireStanding(name, yanking, testimony);
  const { verification, path } = await getRelease(store, name, into, { limits: session.limits, ...testimony });
  const shown = relative(session.host.cwd, path);
  return {
    subjects: [],
    store: store.address,
    result: { ...verification, path: shown, ...yankedFields(yanking, name) },
    text: [...verificationLines(verification, yankedMarks(yanking, verification)), `unpacked into ${shown}`],
  };
}

function requireStanding(name: string, yanking: Yanking, { known }: Testimony): void {
  const entry = yankedEntry(yanking, name);
  if (entry === undefined) return;
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
