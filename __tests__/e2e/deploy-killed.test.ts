import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { cluster, example, onTarget, work } from '../commands/elastic/cluster.ts';
import { cli, environment } from './mldr.ts';

/** Runs the shipped command line while this process answers it. */
function running(folder: string, url: string, words: readonly string[]) {
  const env = environment({ ELASTICSEARCH_URL: url });
  const child = spawn(process.execPath, [cli, ...words], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, said }));
  });
  return { child, ended };
}

// Some of the requests of a first installation: before the lock, at it, and between the writes.
it.each([7, 9, 10, 12, 15, 18, 22, 26, 28])(
  'a deployment killed at request %i is repaired by the command that the next run says',
  async (number) => {
    let kill = (): void => undefined;
    const server = await cluster({
      onChange: (request) => {
        if (request.number === number) kill();
      },
    });
    const folder = work({ name: example });
    const empty = onTarget(server);
    const setup = ['elastic', 'setup-model', '-d', example];
    const first = running(folder, server.url, setup);
    kill = () => void first.child.kill('SIGKILL');
    expect((await first.ended).code).toBe(null);
    const next = await running(folder, server.url, setup).ended;
    if (next.code !== 0) {
      expect(next.said).toContain('failed   deployment-unfinished');
      const command = /^ +mldr (.* --repair)$/m.exec(next.said)?.[1] ?? '';
      const repaired = await running(folder, server.url, command.split(' ')).ended;
      expect(repaired).toMatchObject({ code: 0 });
      expect(onTarget(server)).toEqual(empty);
      expect(await running(folder, server.url, setup).ended).toMatchObject({ code: 0 });
    }
    expect(await running(folder, server.url, ['elastic', 'status']).ended).toMatchObject({ code: 0 });
  },
);
