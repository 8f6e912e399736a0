import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Yanking, yankedEntry, yankedFacts, yankedText } from '../domain/yanked.ts';
import { readHistory } from '../publish/history.ts';
import { findReleases, type Match, queryOf, queryOfFile } from '../publish/which.ts';
import type { CommandResult } from '../result.ts';
import { openStore, type Session } from '../session.ts';
import { yankedNotes, yankedReleases } from './yanked.ts';

/** Finds the releases that hold a file, a digest or a model, and says which are yanked; no hit is a "no". */
export async function which(session: Session): Promise<CommandResult> {
  const query = session.inputs.query ?? '';
  const store = await openStore(session);
  const history = await readHistory(store, { onCorruptIndex: 'read-manifests', sparing: true });
  const yanking = await yankedReleases(session, store);
  const path = resolve(session.host.cwd, query);
  const matches = findReleases(history, existsSync(path) ? await queryOfFile(path, session.limits) : queryOf(query));
  const blind = [...history.withoutManifest, ...history.unreadable.map(({ name }) => name)];
  const notes = [
    ...(blind.length > 0 ? [`Not looked into, for want of a readable manifest: ${blind.join(', ')}.`] : []),
    ...(history.remarks ?? []),
    ...yankedNotes(yanking, history),
  ];
  const text =
    matches.length > 0
      ? matches.map((match) => lineOf(match, yanking))
      : [`No release of ${store.address} holds ${query}.`];
  return {
    subjects: [],
    store: store.address,
    result: { matches: matches.map((match) => marked(match, yanking)), notLookedInto: blind },
    text: [...text, ...notes],
    ...(matches.length > 0 ? {} : { no: true as const }),
  };
}

function lineOf({ release, path, by }: Match, yanking: Yanking): string {
  const yanked = yankedEntry(yanking, release);
  const mark = yanked === undefined ? '' : `  ${yankedText(yanked)}`;
  return `${release}  ${path ?? ''}${path === undefined ? '' : ' '}(by ${by})${mark}`;
}

function marked(match: Match, yanking: Yanking): object {
  const yanked = yankedEntry(yanking, match.release);
  return yanked === undefined ? match : { ...match, yanked: yankedFacts(yanked) };
}
