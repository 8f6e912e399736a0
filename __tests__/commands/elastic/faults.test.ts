import { expect, it } from 'vitest';
import type { CommandName } from '../../../src/command-table.ts';
import { canonicalJson } from '../../../src/domain/canonical-json.ts';
import { Failure } from '../../../src/errors.ts';
import type { Fault } from '../../elastic-server/faults.ts';
import { cluster, example, mldr, onTarget, second, textOf, work } from './cluster.ts';

/** A few at a time: each of them is a server of its own. */
const width = 24;

interface Story {
  readonly command: CommandName;
  readonly directory?: string;
  readonly attach?: readonly string[];
  readonly 'id-prefix'?: string;
}

const install: Story = { command: 'deploy', directory: example };
const connected: Story = { ...install, attach: ['logs-network_traffic.dns@custom'] };
const beside: Story = { ...connected, 'id-prefix': 'b_' };

/** With the ways in which an answer is lost, on both sides of the request's effect: all of them for the shortest. */
const stories: readonly (readonly [name: string, first: readonly Story[], then: Story, faults: readonly Fault[]])[] = [
  [
    'a first installation',
    [],
    install,
    ['kill-before', 'kill-after', 'reset-before', 'reset-after', '503-after', 'html'],
  ],
  ['an update', [install], { command: 'deploy', directory: second.name }, ['kill-before', 'reset-after']],
  ['a removal', [install], { command: 'undeploy' }, ['kill-after', 'html']],
  ['a connection of data', [install], connected, ['kill-before', 'kill-after', 'reset-after', 'html']],
  ['one beside another', [beside, install], connected, ['kill-after', '503-after']],
  ['its end beside another', [beside, connected], { command: 'undeploy' }, ['kill-after', 'reset-before']],
];

it.each(stories)(
  '%s that fails at any request leaves the target as before or complete',
  async (_, first, then, faults) => {
    const folder = work({ name: example }, second);
    const whole = await played(folder, first, then);
    const cases = whole.numbers.flatMap((number) => faults.map((fault) => ({ number, fault })));
    const wrong: string[] = [];
    const next = cases.values();
    const worker = async (): Promise<void> => {
      for (const { number, fault } of next) {
        const { ends, between, repaired } = await played(folder, first, then, { number, fault });
        const good = [whole.before, whole.after];
        // A client that was killed puts nothing back: its repair does.
        const settled = fault.startsWith('kill') || between.includes('deployment-incomplete') || good.includes(ends);
        if (!settled || !good.includes(repaired)) wrong.push(`${number} ${fault}: ${between}`);
      }
    };
    await Promise.all(Array.from({ length: width }, worker));
    process.stdout.write(`${cases.length} cases\n`);
    expect(wrong).toEqual([]);
  },
  300_000,
);

/** Plays a story, with a fault at a request of its last part, and repairs what it left. */
async function played(
  folder: string,
  first: readonly Story[],
  then: Story,
  trouble?: { readonly number: number; readonly fault: Fault },
) {
  const server = await cluster();
  for (const story of first) expect(await mldr(folder, server.url, story)).toMatchObject({ exit: 0 });
  const before = canonicalJson(onTarget(server));
  const start = server.requests.length;
  if (trouble !== undefined) server.faults.set(start + trouble.number, trouble.fault);
  const ended = await mldr(folder, server.url, then);
  server.faults.clear();
  server.revive();
  const numbers = server.requests.slice(start).map((_, index) => index);
  const ends = canonicalJson(onTarget(server));
  const between = ended instanceof Failure ? textOf(ended) : 'done';
  const repair = await mldr(folder, server.url, { command: then.command, repair: true });
  expect(repair).toMatchObject({ exit: 0 });
  const repaired = canonicalJson(onTarget(server));
  await server.close();
  return { before, after: repaired, numbers, ends, between, repaired };
}
