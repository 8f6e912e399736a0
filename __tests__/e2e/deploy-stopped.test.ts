import { describe, expect, test } from 'vitest';
import { cluster, example, onTarget, work } from '../commands/elastic/cluster.ts';
import { job } from './job.ts';
import { environment, noStack } from './mldr.ts';
import { type Ended, start } from './started.ts';

const setup = ['elastic', 'setup-model', '-d', example];

/** Stops a deployment by a signal at one of its requests. */
async function stoppedAt(signal: 'SIGINT' | 'SIGTERM', number: number) {
  let stop = (): void => undefined;
  const server = await cluster({
    onChange: (request) => {
      if (request.number === number) stop();
    },
  });
  const [folder, empty] = [work({ name: example }), onTarget(server)];
  const env = environment({ ELASTICSEARCH_URL: server.url });
  const run = (words: readonly string[]): Promise<Ended> => start(folder, words, env).ended;
  const first = start(folder, setup, env);
  stop = () => void first.child.kill(signal);
  return { server, empty, run, ended: await first.ended };
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s in the middle of a deployment', (signal) => {
  test.each([12, 20])('at request %i: it says which command repairs, and that command does', async (number) => {
    const { server, empty, run, ended } = await stoppedAt(signal, number);
    expect(ended).toMatchObject({ code: 3, signal: null });
    expect(noStack(ended)).toBe(true);
    expect(ended.stderr).toContain(`\nstopped  ${signal}\n`);
    const command = /^ +mldr (.* --repair)$/m.exec(ended.stderr)?.[1] ?? '';
    expect(await run(command.split(' '))).toMatchObject({ code: 0 });
    expect(onTarget(server)).toEqual(empty);
    expect(await run(setup)).toMatchObject({ code: 0 });
  });

  test('before anything was begun: it ends by the signal, and nothing was changed', async () => {
    const { server, empty, run, ended } = await stoppedAt(signal, 0);
    expect(ended).toMatchObject({ code: null, signal });
    expect(ended.stderr).not.toContain('--repair');
    expect(onTarget(server)).toEqual(empty);
    expect(await run(setup)).toMatchObject({ code: 0 });
  });
});

test('a job that is cancelled says it as an annotation', async () => {
  let stop = (): void => undefined;
  const server = await cluster({
    onChange: (request) => {
      if (request.number === 14) stop();
    },
  });
  const inputs = { command: 'deploy', directory: example, store: 'dir:releases' };
  const step = job(work({ name: example }), inputs, { ELASTICSEARCH_URL: server.url });
  const { child, ended } = step.start('index');
  stop = () => void child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(3);
  expect(stdout).toMatch(/^::error title=Unfinished deployment::stopped {2}SIGINT%0A.*mldr deploy .*--repair$/m);
});
