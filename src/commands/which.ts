import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readHistory } from '../publish/history.ts';
import { findReleases, type Match, queryOf, queryOfFile } from '../publish/which.ts';
import type { CommandResult } from '../result.ts';
import { openStore, type Session } from '../session.ts';

/** Finds the releases that hold a file, a digest or a model; no hit is a "no". */
export async function which(session: Session): Promise<CommandResult> {
  const query = session.inputs.query ?? '';
  const store = await openStore(session);
  const history = await readHistory(store, { onCorruptIndex: 'read-manifests' });
  const path = resolve(session.host.cwd, query);
  const matches = findReleases(history, existsSync(path) ? await queryOfFile(path, session.limits) : queryOf(query));
  const blind = [...history.withoutManifest, ...history.unreadable.map(({ name }) => name)];
  const notes = [
    ...(blind.length > 0 ? [`Not looked into, for want of a readable manifest: ${blind.join(', ')}.`] : []),
    ...(history.remarks ?? []),
  ];
  const text = matches.length > 0 ? matches.map(lineOf) : [`No release of ${store.address} holds ${query}.`];
  return {
    subjects: [],
    store: store.address,
    result: { matches, notLookedInto: blind },
    text: [...text, ...notes],
    ...(matches.length > 0 ? {} : { no: true as const }),
  };
}

function lineOf({ release, path, by }: Match): string {
  return `${release}  ${path ?? ''}${path === undefined ? '' : ' '}(by ${by})`;
}
