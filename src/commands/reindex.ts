import { resolve } from 'node:path';
import { rebuildIndex, writeIndex } from '../publish/reindex.ts';
import type { CommandResult } from '../result.ts';
import { openStore, type Session } from '../session.ts';

const words = {
  changed: 'has other content in the index',
  unlisted: 'is not in the index',
  gone: 'is in the index only',
};

/** Rebuilds the index from all manifests and says what differs; writes it where `--index` names a file. */
export async function reindex(session: Session): Promise<CommandResult> {
  const store = await openStore(session);
  const { index, history, newest, corrupt, differences } = await rebuildIndex(store);
  const file = session.inputs.index;
  if (file !== undefined) await writeIndex(resolve(session.host.cwd, file), index);
  const blind = [...history.withoutManifest, ...history.unreadable.map(({ name, reason }) => `${name} (${reason})`)];
  const next = file === undefined ? [] : [`wrote ${file}: start from it with \`mldr release --index ${file} …\``];
  const differs = differences.length > 0 || corrupt !== undefined;
  return {
    subjects: [],
    store: store.address,
    result: { releases: history.releases.length, newest, corrupt, differences, withoutManifest: blind },
    text: [
      `${history.releases.length} manifests read; the newest index is ${newest === undefined ? 'none' : `that of ${newest}`}.`,
      ...(corrupt === undefined ? [] : [`That index is not to be trusted: ${corrupt}`]),
      ...differences.map(({ release, what }) => `  ${release} ${words[what]}`),
      ...(blind.length > 0 ? [`Without a readable manifest: ${blind.join(', ')}.`] : []),
      ...(differs ? [] : ['Nothing differs.']),
      ...next,
    ],
  };
}
