import { yankedEntry, yankedFacts, yankedText } from '../domain/yanked.ts';
import type { CommandResult } from '../result.ts';
import { openStore, type Session } from '../session.ts';
import { yankedNotes, yankedReleases } from './yanked.ts';

/** Lists the releases of the store, sorted by name; those that are yanked say why. */
export async function list(session: Session): Promise<CommandResult> {
  const store = await openStore(session);
  const releases = await store.list();
  const { readHistory } = await import('../publish/history.ts');
  const history = await readHistory(store, { sparing: true });
  const yanking = await yankedReleases(session, store);
  const rows = releases.map(({ name }) => {
    const known = history.releases.find((release) => release.name === name);
    const yanked = yankedEntry(yanking, name);
    return {
      name,
      models: known?.models ?? [],
      files: known?.entries.length ?? 0,
      manifest: known !== undefined,
      yanked,
    };
  });
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  const text = rows.map(({ name, models, files, manifest, yanked }) => {
    const what = manifest ? [`${files} ${files === 1 ? 'file' : 'files'}`, ...models].join('  ') : 'no manifest';
    return `${name.padEnd(width)}  ${what}${yanked === undefined ? '' : `  ${yankedText(yanked)}`}`;
  });
  return {
    subjects: [],
    store: store.address,
    result: {
      releases: rows.map(({ yanked, ...row }) =>
        yanked === undefined ? row : { ...row, yanked: yankedFacts(yanked) },
      ),
    },
    text: [...(rows.length === 0 ? ['There is no release yet.'] : text), ...yankedNotes(yanking, history)],
  };
}
