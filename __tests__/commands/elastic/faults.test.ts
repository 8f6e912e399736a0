import { expect, it } from 'vitest';
import type { Fault } from '../../elastic-server/faults.ts';
import { example, second, work } from './cluster.ts';
import { everyFault, type Story } from './played.ts';

const install: Story = { command: 'deploy', directory: example };

/** With the ways in which an answer is lost, on both sides of the request's effect: all of them for the shortest. */
const stories: readonly (readonly [name: string, first: readonly Story[], last: Story, faults: readonly Fault[]])[] = [
  [
    'a first installation',
    [],
    install,
    ['kill-before', 'kill-after', 'reset-before', 'reset-after', '503-after', 'html'],
  ],
  ['an update', [install], { command: 'deploy', directory: second.name }, ['kill-before', 'reset-after']],
  ['a removal', [install], { command: 'undeploy' }, ['kill-after', 'html']],
];

it.each(stories)(
  '%s that fails at any request leaves the target as before or complete',
  async (_, first, last, faults) => {
    const { cases, wrong } = await everyFault({ folder: work({ name: example }, second), first, last }, faults);
    process.stdout.write(`${cases} cases\n`);
    expect(wrong).toEqual([]);
  },
  300_000,
);
