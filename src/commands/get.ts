import { relative, resolve } from 'node:path';
import { getRelease } from '../publish/get.ts';
import { readKnown } from '../publish/history.ts';
import type { CommandResult } from '../result.ts';
import { openStore, type Session } from '../session.ts';
import { verificationLines } from './verify.ts';

/** Downloads a release, proves it and unpacks it into a new folder. */
export async function get(session: Session): Promise<CommandResult> {
  const store = await openStore(session);
  const name = session.inputs.release ?? '';
  const into = resolve(session.host.cwd, session.inputs.out ?? '.');
  const options = { limits: session.limits, ...(await readKnown(store, name)) };
  const { verification, path } = await getRelease(store, name, into, options);
  const shown = relative(session.host.cwd, path);
  return {
    subjects: [],
    store: store.address,
    result: { ...verification, path: shown },
    text: [...verificationLines(verification), `unpacked into ${shown}`],
  };
}
