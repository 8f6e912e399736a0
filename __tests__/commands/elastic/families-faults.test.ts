import { expect, it } from 'vitest';
import type { Fault } from '../../elastic-server/faults.ts';
import type { ElasticServer } from '../../elastic-server/server.ts';
import { newIndex } from '../../elastic-server/stack.ts';
import { bundle, hosts, put, urls } from './later.ts';
import { everyFault, type Story } from './played.ts';

const nextHosts = 'ML-HostRiskScore-20261123-2';
const nextUrls = 'ML-URLSpoof-20261123-2';
const scores: Story = { command: 'deploy', directory: hosts, only: 'model' };
const spoof: Story = { command: 'deploy', directory: urls };

const stories: readonly (readonly [name: string, first: readonly Story[], last: Story, faults: readonly Fault[]])[] = [
  ['transforms', [], scores, ['kill-after', 'reset-before']],
  ['another transform in the place of one', [scores], { ...scores, directory: nextHosts }, ['kill-after', 'html']],
  ['the removal of transforms', [scores], { command: 'undeploy', only: 'model' }, ['reset-after']],
  ['an enrich policy', [], spoof, ['kill-before', '503-after']],
  ['a changed enrich policy', [spoof], { ...spoof, directory: nextUrls }, ['kill-after', 'reset-before']],
];

function folder(): string {
  const made = bundle(hosts);
  put(made, hosts, nextHosts, ['ml_hostriskscore_pivot_transform.json', '"max": 999', '"max": 500']);
  put(made, urls, urls);
  put(made, urls, nextUrls, ['url_spoofing_enrichment_policy.json', '"threatintel.indicator.type"', '"event.dataset"']);
  return made;
}

it.each(stories)(
  '%s: where any request fails, the target is as before or complete',
  async (_, first, last, faults) => {
    const prepare = (server: ElasticServer): void => {
      for (const name of ['.alerts-security.alerts-default', 'filebeat-1']) {
        server.stack.indices.set(name, newIndex({}, {}));
      }
    };
    const { cases, wrong } = await everyFault({ folder: folder(), first, last, prepare }, faults);
    process.stdout.write(`${cases} cases\n`);
    expect(wrong).toEqual([]);
  },
  300_000,
);
