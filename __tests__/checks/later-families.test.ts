import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { examine } from '../../src/checks/examine.ts';
import { checks } from '../../src/checks/registry.ts';
import { emptyHistory } from '../../src/domain/history.ts';
import { defaultLimits as limits } from '../../src/domain/limits.ts';
import { readBundle } from '../../src/formats/bundle/read.ts';
import { builtInKinds, kindOfName } from '../../src/kinds/kinds.ts';

const scratch = mkdtempSync(join(tmpdir(), 'mldr-later-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const hosts = 'ML-HostRiskScore-20261122-1';
const urls = 'ML-URLSpoof-20261122-1';

/** What is said of an example under a name, with another text in one file. */
async function said(example: string, name: string, file?: string, from = '', to = ''): Promise<string[]> {
  const folder = join(mkdtempSync(join(scratch, 'b-')), name);
  cpSync(join('examples', example), folder, { recursive: true });
  if (file !== undefined) {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text.split(from)).toHaveLength(2);
    writeFileSync(join(folder, file), text.replace(from, to));
  }
  const bundle = await readBundle(folder, { limits, kindOf: (base) => kindOfName(base, builtInKinds) });
  const context = { bundle, history: emptyHistory('dir:releases'), limits, now: new Date('2026-11-22T12:00:00Z') };
  const { diagnostics } = await examine(checks, context, []);
  return diagnostics.map(({ check, file: at, line, message }) => `${check} ${at}:${line} ${message}`);
}

test.each([
  [hosts, hosts],
  [hosts, 'ML-UserRiskScore-20261122-1'],
  [hosts, 'ML-Beaconing-20261122-1'],
  [urls, urls],
  ['ML-ProblemChild-20261122-1', 'ML-ProblemChild-20261122-1'],
])('%s as %s has nothing wrong', async (example, name) => {
  expect(await said(example, name)).toEqual([]);
});

test('a family without what it is about is told which file it lacks', async () => {
  const found = await said('ML-ProblemChild-20261122-1', 'ML-Beaconing-20261122-1');
  expect(found).toEqual([expect.stringContaining('file-missing')]);
  expect(found[0]).toContain('`*_transform.json`');
});

test.each([
  [
    urls,
    'ml_urlspoof_inference_pipeline.json',
    '"url_spoofing_enrichment_policy"',
    '"url_spoofing_policy"',
    'reference-unresolved ml_urlspoof_inference_pipeline.json:6 Enrich-policy `url_spoofing_policy` is used here',
  ],
  [
    hosts,
    'ml_hostriskscore_pivot_transform.json',
    '"ml_hostriskscore_ingest_pipeline"',
    '"ml_hostriskscore_pipeline"',
    'reference-unresolved ml_hostriskscore_pivot_transform.json:23 Pipeline `ml_hostriskscore_pipeline` is used here',
  ],
  [
    hosts,
    'ml_hostriskscore_pivot_transform.json',
    '"ml_hostriskscore_map_script"',
    '"ml_hostriskscore_maps_script"',
    'reference-unresolved ml_hostriskscore_pivot_transform.json:52 Script `ml_hostriskscore_maps_script` is used here',
  ],
  [
    hosts,
    'ml_hostriskscore_dashboards.ndjson',
    '"id":"ml-host-risk-score-hosts","name":"1:panel_1"',
    '"id":"elsewhere","name":"1:panel_1"',
    'reference-unresolved ml_hostriskscore_dashboards.ndjson:3 Saved-object `search/elsewhere` is used here',
  ],
  [
    hosts,
    'ml_hostriskscore_dashboards.ndjson',
    '{"type":"dashboard",',
    '{"type":"dashboard"',
    'json-syntax ml_hostriskscore_dashboards.ndjson:3',
  ],
  [
    hosts,
    'ml_hostriskscore_latest_transform.json',
    '"ml_host_risk_score_default"',
    '"*"',
    'transform-unbounded-indices ml_hostriskscore_latest_transform.json:5',
  ],
  [
    hosts,
    'ml_hostriskscore_map_script.json',
    'state.get',
    'other.get',
    'pipeline-script-not-known ml_hostriskscore_map_script.json:4 Nobody has approved this script',
  ],
])('%s, %s: %s → %s is told', async (example, file, from, to, told) => {
  const found = await said(example, example, file, from, to);
  expect(found.filter((line) => line.startsWith(told.split(' ')[0] ?? ''))).toEqual([expect.stringContaining(told)]);
});

test('a script inside a transform or a dashboard has to be approved too', async () => {
  const file = 'ml_hostriskscore_pivot_transform.json';
  const inline = '{ "source": "return 1" }, "ignored_script": {';
  const found = await said(hosts, hosts, file, '"combine_script": {', `"combine_script": ${inline}`);
  expect(found.join('\n')).toContain(`search-script-not-known ${file}:`);
  const view = '"timeFieldName":"@timestamp"';
  const fields = '"runtimeFieldMap":"{\\"x\\":{\\"type\\":\\"long\\",\\"script\\":{\\"source\\":\\"emit(1)\\"}}}"';
  const objects = 'ml_hostriskscore_dashboards.ndjson';
  expect((await said(hosts, hosts, objects, view, `${view},${fields}`)).join('\n')).toContain(
    `search-script-not-known ${objects}:1`,
  );
});
