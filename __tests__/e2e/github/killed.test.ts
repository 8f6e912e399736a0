import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startGitHub } from '../../github-server/server.ts';
import { emptyRepository } from '../../github-server/state.ts';
import { createRandom } from '../../random.ts';
import { record, whole } from '../../reliability.ts';
import { severally } from '../../stores/github/matrix.ts';
import { plantedToken } from '../../stores/github/place.ts';
import { job, type Running } from '../job.ts';
import { detections, dga, workFolder } from '../mldr.ts';
import { type KilledResult, type Moment, runKilled, type Scene, startScene } from './killed.ts';

const seed = 20261122;
const signals = ['SIGKILL', 'SIGTERM', 'SIGINT'] as const;
/** Runs at once: most of a run is the start of Node. */
const atOnce = 3;

/** Every request on both sides of its effect, uploads in their middle too; with a tag and without. Signals take turns. */
function atRequests({ requests }: Scene): Moment[] {
  const places = requests.flatMap((request, index) => {
    const upload = request.startsWith('POST') && request.endsWith('/assets');
    const sides = ['kill-before', ...(upload ? (['kill-midway'] as const) : []), 'kill-after'] as const;
    return sides.flatMap((fault) => [true, false].map((tagged) => ({ tagged, at: { index, fault } })));
  });
  return places.map((place, at) => ({ ...place, signal: signals[at % signals.length] ?? 'SIGKILL' }));
}

/** Some of them, evenly from the first to the last; a draw decides which of a stretch. */
function some(moments: readonly Moment[], count: number): Moment[] {
  const random = createRandom(seed);
  const width = moments.length / count;
  return Array.from({ length: count }, (_, at) => moments.slice(Math.floor(at * width), Math.floor((at + 1) * width)))
    .filter((slice) => slice.length > 0)
    .map((slice) => random.pick(slice));
}

function atAnyTime({ duration }: Scene, count: number): Moment[] {
  const random = createRandom(seed + 1);
  return Array.from({ length: count }, () => ({
    signal: random.pick(signals),
    tagged: random.chance(0.5),
    at: { milliseconds: (duration * random.below(1000)) / 1000 },
  }));
}

it('the action may be stopped at any moment: nothing is broken, what is left is named, and its run ends it', async () => {
  const scene = await startScene(workFolder(dga, detections));
  const all = atRequests(scene);
  const [atThem, anyTime] = whole ? [all, atAnyTime(scene, 40)] : [some(all, 18), atAnyTime(scene, 4)];
  const results = await severally(
    atOnce,
    [...atThem, ...anyTime].map((moment) => () => runKilled(scene, moment)),
  );
  const broken = results.flatMap(({ title, broken: why }) => why.map((reason) => `${title}: ${reason}`));
  const left = counted(results.slice(0, atThem.length));
  const [node = ''] = process.versions.node.split('.');
  const counts = { requests: scene.requests.length, atRequests: atThem.length, left, atAnyTime: anyTime.length };
  record(`killed-${node}`, { node, seed, ...counts, broken });
  process.stdout.write(`  Node ${node}: ${JSON.stringify(counts)}, ${broken.length} invariants broken\n`);
  expect(broken).toEqual([]);
  // It was met at work, and behind the last request it may be done.
  expect(left['not met'] ?? 0).toBeLessThan(4);
  expect(left['a draft']).toBeGreaterThan(atThem.length / 5);
}, 3_600_000);

it('a run that was to take the next number goes on with the one that it began', async () => {
  const workspace = workFolder(dga);
  renameSync(join(workspace, 'examples', dga), join(workspace, 'trained'));
  const token = plantedToken();
  const inputs = { command: 'release', store: 'github:blue-team/detections', bundle: 'trained', kind: 'ml-dga', token };
  let running: Running | undefined;
  const server = await startGitHub(emptyRepository(), {
    tokens: { [token]: 'write' },
    onChange: ({ releases }) => {
      if (releases.some(({ draft, assets }) => draft && assets.length > 0)) running?.child.kill('SIGKILL');
    },
  });
  const step = job(workspace, { ...inputs, next: 'true' }, { GITHUB_API_URL: server.apiUrl });
  running = step.start('index');
  expect(await running.ended).toMatchObject({ signal: 'SIGKILL' });
  running = undefined;
  const released = () => server.repository.releases.map(({ tag, draft }) => [tag, draft]);
  expect(released()).toEqual([['ML-DGA-20261122-1', true]]);
  const again = await step.run('index');
  expect(again.code, again.given).toBe(0);
  expect(released()).toEqual([['ML-DGA-20261122-1', false]]);
  await server.close();
});

function counted(results: readonly KilledResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { left } of results) counts[left] = (counts[left] ?? 0) + 1;
  return counts;
}
