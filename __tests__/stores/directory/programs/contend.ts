import { openSync, rmSync } from 'node:fs';
import { nextName } from '../../../../src/domain/tag.ts';
import { Failure } from '../../../../src/errors.ts';
import { openDirectoryStore } from '../../../../src/stores/directory/directory.ts';
import { publishAll, request, threeAssets } from '../../../contracts/assets.ts';

/** One of several processes that want the same; answers each message with what became of it. */
interface Wish {
  readonly want: 'begin' | 'abandon' | 'publish' | 'next' | 'alone';
  readonly path: string;
  readonly name: string;
  readonly run: string;
  /** How often, for `alone`. */
  readonly times?: number;
}

const held = new Map<string, () => Promise<void>>();

async function answer({ want, path, name, run, times = 1 }: Wish): Promise<string> {
  const store = openDirectoryStore(path);
  if (want === 'publish') {
    await publishAll(store, request(name, run), threeAssets(run).three);
    return 'done';
  }
  if (want === 'begin') {
    const draft = await store.begin(request(name, run));
    const missing = threeAssets('one').three.filter((asset) => !draft.present.has(asset.name));
    const [first] = missing;
    if (first !== undefined) await store.put(draft, first);
    held.set(name, async () => void (await store.abandon(draft)));
    return `done ${[...draft.present.keys()].sort()}`;
  }
  if (want === 'abandon') {
    await held.get(name)?.();
    return 'done';
  }
  if (want === 'next') {
    const names = [...(await store.list()).map((release) => release.name), ...(await store.claims())];
    const next = nextName('ML-DGA', '20261122', names);
    const outcome = await codeOf(() => publishAll(store, request(next, run), threeAssets(run).three));
    return outcome === 'done' ? `done ${next}` : await answer({ want, path, name, run });
  }
  return await alone(path, name, run, times);
}

/** Takes the name again and again; while it is held, a file that only one process at a time can make is made. */
async function alone(path: string, name: string, run: string, times: number): Promise<string> {
  const store = openDirectoryStore(path);
  let won = 0;
  for (let time = 0; time < times; time++) {
    const outcome = await codeOf(async () => {
      const draft = await store.begin(request(name, run));
      const witness = `${path}.witness`;
      openSync(witness, 'wx');
      await new Promise((resolve) => setImmediate(resolve));
      rmSync(witness);
      await store.abandon(draft);
    });
    if (outcome === 'done') won += 1;
    else if (outcome !== 'claim-held') return outcome;
  }
  return `won ${won}`;
}

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'done';
  } catch (error) {
    return error instanceof Failure ? error.code : String(error);
  }
}

process.on('message', (wish: Wish) => {
  answer(wish).then(
    (text) => process.send?.(text),
    (error: unknown) => process.send?.(error instanceof Failure ? error.code : String(error)),
  );
});
