import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keptRun } from '../src/kept-run.ts';
import { type Holder, thisProcess } from '../src/stores/directory/holder.ts';

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'kept-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

const kept = (store = 'github:a/b', name = 'ML-DGA-20261122-1') => keptRun({ XDG_CACHE_HOME: cache }, store, name);
const folder = () => join(cache, 'ml-detection-release', 'runs');
const files = () => readdirSync(folder());
const content = () => readFileSync(join(folder(), files()[0] ?? ''), 'utf8');

/** The file that another process would have left. */
async function leftBy(holder: Partial<Holder>): Promise<string> {
  const { run } = await kept();
  writeFileSync(join(folder(), files()[0] ?? ''), JSON.stringify({ run, holder: { ...thisProcess(), ...holder } }));
  return run;
}

const dead = (): number => spawnSync(process.execPath, ['-e', '0']).pid;

it('is another one for each store and name, and the same at the next try of a process that ended', async () => {
  const [first, other, elsewhere] = [
    await kept(),
    await kept('github:a/c'),
    await kept('github:a/b', 'ML-DGA-20261122-2'),
  ];
  expect(new Set([first.run, other.run, elsewhere.run]).size).toBe(3);
  for (const each of [first, other, elsewhere]) await each.forget();
  expect(files()).toEqual([]);
  const run = await leftBy({ pid: dead(), start: '1' });
  expect((await kept()).run).toBe(run);
  expect(JSON.parse(content()).holder.pid).toBe(process.pid);
});

it('is not that of a process that lives, or may live elsewhere, and leaves its file alone', async () => {
  const living = spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60000)'], { stdio: 'ignore' });
  for (const holder of [
    { pid: living.pid ?? 0, start: undefined },
    { pid: dead(), host: 'another' },
  ]) {
    const run = await leftBy(holder);
    const before = content();
    const own = await kept();
    expect(own.run).not.toBe(run);
    await own.forget();
    expect(content()).toBe(before);
    rmSync(folder(), { recursive: true });
  }
  living.kill('SIGKILL');
});

it.each(['', '{', 'null', '{"run":"../x","holder":{"pid":1,"host":"h"}}', '{"run":"x"}'])(
  'is a new one where the file holds %j',
  async (text) => {
    await kept();
    writeFileSync(join(folder(), files()[0] ?? ''), text);
    expect((await kept()).run).toMatch(/^[\da-f-]{36}$/);
    expect(JSON.parse(content()).holder.pid).toBe(process.pid);
  },
);

it('is a new one where nothing can be kept', async () => {
  writeFileSync(join(cache, 'file'), '');
  const none = await keptRun({ XDG_CACHE_HOME: join(cache, 'file') }, 'github:a/b', 'ML-DGA-20261122-1');
  expect(none.run).toMatch(/^[\da-f-]{36}$/);
  await none.forget();
});
