import { expect, it } from 'vitest';
import { cluster, example, mldr, onTarget, work } from './cluster.ts';

it('taking off takes at most twice the requests of putting there, and what many look at is asked for once', async () => {
  const [server, folder] = [await cluster(), work({ name: example })];
  const empty = onTarget(server);
  await mldr(folder, server.url, { command: 'deploy', directory: example });
  const first = server.requests.length;
  expect(await mldr(folder, server.url, { command: 'undeploy' })).toMatchObject({ exit: 0 });
  expect(onTarget(server)).toEqual(empty);
  const took = server.requests.slice(first);
  process.stdout.write(`requests of a removal: ${took.length}, after ${first} of the deployment\n`);
  expect(took.length).toBeLessThanOrEqual(2 * first);
  const planning = took
    .slice(
      0,
      took.findIndex(({ method }) => method !== 'GET'),
    )
    .map(({ path }) => path);
  for (const path of ['/_template', '/_component_template', '/_index_template']) {
    expect(planning.filter((each) => each === path)).toHaveLength(1);
  }
});
