import { once } from 'node:events';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { dga, mldr, noStack, workFolder } from './mldr.ts';
import { type Ended, start } from './started.ts';

const bundle = `examples/${dga}`;

/** A bundle whose release takes long enough to be met at work. */
function slowBundle(): string {
  const folder = workFolder(dga);
  const noise = createRandom(7).bytes(3_000_000).toString('base64');
  appendFileSync(join(folder, bundle, 'README.md'), noise);
  return folder;
}

describe('a reader that goes away', () => {
  test.each([
    [['list']],
    [['validate', bundle]],
    [['help']],
    [['explain', 'json-syntax']],
    [['release', bundle, '--report', 'json']],
  ])('%j: no word about it, no stack trace', async (words) => {
    const folder = workFolder(dga);
    const run = start(folder, words);
    run.child.stdout?.destroy();
    const ended = await run.ended;
    // Whatever it had to say fitted into the pipe before it broke, or it ends as a broken pipe does.
    expect([0, 141]).toContain(ended.code);
    expect(noStack(ended)).toBe(true);
    if (words[0] === 'release') expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
  });

  test('of the progress alone: the release comes to its end', async () => {
    const folder = workFolder(dga);
    const run = start(folder, ['release', bundle]);
    run.child.stderr?.destroy();
    expect(await run.ended).toMatchObject({ code: 0 });
    expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
  });
});

/** Stops a release once it has told that it holds its name; again where it was faster than the signal. */
async function stopAtWork(signal: 'SIGINT' | 'SIGTERM'): Promise<{ folder: string; ended: Ended }> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const folder = slowBundle();
    const run = start(folder, ['release', bundle]);
    if (run.child.stderr !== null) await once(run.child.stderr, 'data');
    run.child.kill(signal);
    const ended = await run.ended;
    if (ended.code !== 0) return { folder, ended };
  }
  throw new Error('never met at work');
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s in the middle of a release', (signal) => {
  test('ends it by that signal, with a word on what is left, and the same command goes on', async () => {
    const { folder, ended } = await stopAtWork(signal);
    expect(ended.signal).toBe(signal);
    expect(ended.stderr).toContain(`stopped  ${signal}`);
    expect(ended.stderr).toContain('same command again');
    expect(noStack(ended)).toBe(true);
    const shown = readdirSync(join(folder, 'releases')).filter((name) => !name.startsWith('.'));
    if (shown.length > 0) expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
    expect(mldr(folder, ['release', bundle])).toMatchObject({ code: 0 });
    expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
    const left = readdirSync(join(folder, 'releases', '.drafts'));
    if (shown.length === 0) expect(left).toEqual([]);
  });
});
