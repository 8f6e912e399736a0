import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDirectoryStore } from '../../../../src/stores/directory/directory.ts';
import type { AssetContent, Draft } from '../../../../src/stores/store.ts';
import { asset, digestAt, failureOf, request, seededBytes } from '../../../contracts/assets.ts';

/**
 * Does one step after the other in a store, where the user, the disk or the limits of the process are others than the
 * tests', and prints what became of each, as a JSON array.
 */
const [path = '', name = '', ...steps] = process.argv.slice(2);
const store = openDirectoryStore(path);
const put: AssetContent[] = [];
let draft: Draft = { name, run: 'run-1', present: new Map() };

const actions: Readonly<Record<string, (argument: string) => Promise<unknown>>> = {
  list: async () => (await store.list()).map((release) => release.name),
  claims: () => store.claims(),
  details: async () => (await store.details(name))?.assets,
  read: (file) => digestAt(store, name, file),
  begin: async (run) => {
    draft = await store.begin(request(name, run));
    return [...draft.present.keys()].sort();
  },
  put: async (argument) => {
    const [file = '', bytes] = argument.split('=');
    const content = asset(file, seededBytes(file, Number(bytes)));
    await store.put(draft, content);
    put.push(content);
  },
  seal: () => store.seal(draft, put),
  commit: async () => (await store.commit(draft)).assets.map((file) => file.name),
  abandon: () => store.abandon(draft),
  files: async () =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
      .sort(),
  // Takes all the room there is, to the last byte.
  fill: async () => {
    for (let file = 0, size = 1 << 20; size > 0; file += 1, size >>= 1) {
      try {
        for (;;) writeFileSync(join(path, `.filler-${file}`), Buffer.alloc(size), { flag: 'a' });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    }
  },
  empty: async () => {
    for (const file of readdirSync(path)) if (file.startsWith('.filler-')) rmSync(join(path, file));
  },
};

async function main(): Promise<void> {
  const outcomes: unknown[] = [];
  for (const step of steps) {
    const [action = '', argument = ''] = step.split(' ');
    const work = actions[action];
    if (work === undefined) throw new Error(`There is no step ${step}.`);
    let value: unknown;
    const failure = await failureOf(
      (async () => {
        value = await work(argument);
      })(),
    );
    outcomes.push(
      failure === undefined ? (value ?? 'done') : `${failure.code}: ${failure.message.replaceAll(path, '')}`,
    );
  }
  process.stdout.write(JSON.stringify(outcomes));
}

void main();
