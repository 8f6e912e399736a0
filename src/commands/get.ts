import { relative, resolve } from 'node:path';
import { getRelease } from '../publish/get.ts';
import { readKnown } from '../publish/history.ts';
import type { CommandResult } from '../result.ts';
import { openStore, type Session } from '../session.ts';
import { verificationLines } from './verify.ts';
import { requireNotYanked, yankedFields, yankedMarks, yankedReleases } from './yanked.ts';

/**
 * Downloads a release, proves it and unpacks it into a new folder.
 * @throws Failure `release-yanked`, `yanked-unknown`, unless `--allow-yanked` was given
 */
export async function get(session: Session): Promise<CommandResult> {
  const store = await openStore(session);
  const name = session.inputs.release ?? '';
  const into = resolve(session.host.cwd, session.inputs.out ?? '.');
  const [testimony, yanking] = await Promise.all([readKnown(store, name), yankedReleases(session, store)]);
  if (session.inputs['allow-yanked'] !== true) requireNotYanked(name, yanking, testimony);
  const { verification, path } = await getRelease(store, name, into, { limits: session.limits, ...testimony });
  const shown = relative(session.host.cwd, path);
  return {
    subjects: [],
    store: store.address,
    result: { ...verification, path: shown, ...yankedFields(yanking, name) },
    text: [...verificationLines(verification, yankedMarks(yanking, verification)), `unpacked into ${shown}`],
  };
}
