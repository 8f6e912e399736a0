import { relative, resolve } from 'node:path';
import { getRelease } from '../publish/get.ts';
import { readHistory } from '../publish/history.ts';
import type { CommandResult } from '../result.ts';
import { openStore, type Session } from '../session.ts';
import { verificationLines } from './verify.ts';

/** Downloads a release, proves it and unpacks it into a new folder. */
export async function get(session: Session): Promise<CommandResult> {
  const store = await openStore(session);
  const name = session.inputs.release ?? '';
  const into = resolve(session.host.cwd, session.inputs.out ?? '.');
  const history = await readHistory(store, { onCorruptIndex: 'read-manifests' });
  const known = history.releases.find((release) => release.name === name);
  const options = { limits: session.limits, ...(known === undefined ? {} : { known }) };
  const { verification, path } = await getRelease(store, name, into, options);
  const shown = relative(session.host.cwd, path);
  return {
    subjects: [],
    store: store.address,
    result: { ...verification, path: shown },
    text: [...verificationLines(verification), `unpacked into ${shown}`],
  };
}
