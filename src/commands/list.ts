import type { CommandResult } from '../result.ts';
import { openStore, type Session } from '../session.ts';

/** Lists the releases of the store, sorted by name. */
export async function list(session: Session): Promise<CommandResult> {
  const store = await openStore(session);
  const releases = await store.list();
  const { readHistory } = await import('../publish/history.ts');
  const history = await readHistory(store, {});
  const rows = releases.map(({ name }) => {
    const known = history.releases.find((release) => release.name === name);
    return { name, models: known?.models ?? [], files: known?.entries.length ?? 0, manifest: known !== undefined };
  });
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  const text = rows.map(({ name, models, files, manifest }) => {
    const what = manifest ? [`${files} ${files === 1 ? 'file' : 'files'}`, ...models].join('  ') : 'no manifest';
    return `${name.padEnd(width)}  ${what}`;
  });
  return {
    subjects: [],
    store: store.address,
    result: { releases: rows },
    text: rows.length === 0 ? ['There is no release yet.'] : text,
  };
}
