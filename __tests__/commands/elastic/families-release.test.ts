import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newIndex } from '../../elastic-server/stack.ts';
import { violations } from '../../publish/schema.ts';
import { cluster, mldr, textOf, work } from './cluster.ts';
import { hosts, put } from './later.ts';

const store = 'dir:releases';
const first = 'ML-HostRiskScore-20210728-1';
const second = 'ML-HostRiskScore-20210826-2';

it('publishes releases under the names that these families have, deploys them and goes back', async () => {
  const [server, folder] = [await cluster(), work()];
  server.stack.indices.set('.alerts-security.alerts-default', newIndex({}, {}));
  put(folder, hosts, first);
  put(folder, hosts, second, ['ml_hostriskscore_pivot_transform.json', '"max": 999', '"max": 500']);
  for (const name of [first, second]) {
    const released = await mldr(folder, server.url, { command: 'release', bundle: [name], store });
    expect(released).toMatchObject({
      exit: 0,
      report: { subjects: [{ kind: 'ml-host-risk-score', verdict: 'accept' }] },
    });
  }
  const manifest = JSON.parse(readFileSync(join(folder, 'releases', first, `manifest-${first}.json`), 'utf8'));
  const [{ definitions, entries }] = Object.values<{ definitions: object; entries: object }>(manifest.assets) as [
    { definitions: object; entries: Record<string, object> },
  ];
  expect(definitions).toMatchObject({
    transform: ['ml_hostriskscore_latest_transform', 'ml_hostriskscore_pivot_transform'],
    'saved-object': ['dashboard/ml-host-risk-score', 'index-pattern/ml-host-risk-score-latest', expect.any(String)],
  });
  expect(entries['ml_hostriskscore_pivot_transform.json']).toMatchObject({ role: 'transform' });
  expect(violations('manifest.v1.json', manifest)).toEqual([]);
  const index = JSON.parse(readFileSync(join(folder, 'releases', second, 'index.json'), 'utf8'));
  expect(violations('index.v1.json', index)).toEqual([]);
  expect(await mldr(folder, server.url, { command: 'verify', release: first, store })).toMatchObject({ exit: 0 });

  const pivot = () => JSON.stringify(server.stack.transforms.get('ml_hostriskscore_pivot_transform')?.config);
  const only = 'model';
  for (const release of [first, second]) {
    expect(await mldr(folder, server.url, { command: 'deploy', release, store, only, start: true })).toMatchObject({
      exit: 0,
    });
  }
  expect(pivot()).toContain('"max":500');
  const back = await mldr(folder, server.url, { command: 'rollback', store, only });
  expect(back).toMatchObject({ exit: 0, report: { deployment: { action: 'rollback', release: first } } });
  expect(pivot()).toContain('"max":999');
  expect(server.stack.transforms.get('ml_hostriskscore_pivot_transform')?.status).toBe('started');
  const status = await mldr(folder, server.url, { command: 'status' });
  expect(textOf(status)).toContain(first);
  expect(server.problems).toEqual([]);
});
