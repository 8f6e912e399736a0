import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { Failure } from '../../../src/errors.ts';
import type { Host } from '../../../src/host.ts';
import type { Inputs } from '../../../src/inputs.ts';
import { type Run, run } from '../../../src/run.ts';
import type { GoldenRow } from '../../elastic-server/golden.ts';
import type { JsonObject } from '../../elastic-server/json.ts';
import { type ElasticOptions, type ElasticServer, startElastic } from '../../elastic-server/server.ts';
import { stackView } from '../../elastic-server/stack.ts';

/** The example, whose files the tests change. */
export const example = 'ML-DGA-20261122-2';

/** What the stand-in answers for the domains of a proof. */
export const rows: readonly GoldenRow[] = [
  { domain: 'elastic.co', malicious_prediction: 0, malicious_probability: 0.01 },
  { domain: 'wikipedia.org', malicious_prediction: 0, malicious_probability: 0.02 },
  { domain: 'kq3v9z7x1wjh5m.net', malicious_prediction: 1, malicious_probability: 0.99 },
];

/** The same for every model whose id ends so. */
const golden = { '_1.0': rows };

/** A loopback Elasticsearch, gone behind the test. */
export async function cluster(options: ElasticOptions = {}): Promise<ElasticServer> {
  const server = await startElastic({ golden, accounts: 'off', ...options });
  onTestFinished(() => server.close());
  return server;
}

/** A folder with some bundles, gone behind the test. */
export function work(...bundles: readonly Bundle[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'mldr-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  writeFileSync(join(folder, 'ml-detection-release.toml'), approval);
  for (const { name, model = '1000', change = [] } of bundles) {
    cpSync(resolve('examples', example), join(folder, name), {
      recursive: true,
      filter: (path) => !/dga_1000/.test(path),
    });
    for (const part of ['ingest_pipeline1', 'ingest_pipeline2', 'model', 'ngrams_create', 'ngrams_transform_delete']) {
      const text = readFileSync(resolve('examples', example, `dga_1000_1.0_${part}.json`), 'utf8');
      const changed = change
        .filter(([file]) => file === part)
        .reduce((old, [, from, to]) => old.replace(from, to), text);
      writeFileSync(
        join(folder, name, `dga_${model}_1.0_${part}.json`),
        changed.replaceAll('dga_1000_1.0', `dga_${model}_1.0`),
      );
    }
  }
  return folder;
}

/** The example under a name, with another model's number, and texts of its files that are others. */
export interface Bundle {
  readonly name: string;
  readonly model?: string;
  readonly change?: readonly (readonly [file: string, from: string, to: string])[];
}

/** A second release: another model, and n-grams that are made otherwise. */
export const second: Bundle = {
  name: 'ML-DGA-20261123-3',
  model: '1001',
  change: [
    ['ngrams_create', '\\"dga_len\\", label', '\\"dga_len\\",  label'],
    ['model', '"tags":["dga"]', '"tags":["second"]'],
  ],
};

/** The digest of the second release's script, which somebody has read. */
const approval =
  '[[script]]\nsha256 = "b3b9e5d0cb4a78a5264dc9f66f237729a7a157c0deab75477efe17ee4e4703b8"\nreason = "read by us"\n';

/** What a run gave: its end, or its failure. */
export type Ended = Pick<Run, 'exit' | 'report'> | Failure;

/** Runs the product against a server. */
export async function mldr(
  folder: string,
  url: string,
  inputs: Inputs,
  env: Record<string, string> = {},
  host: Partial<Host> = {},
): Promise<Ended> {
  const surroundings: Host = {
    cwd: folder,
    env: { ELASTICSEARCH_URL: url, ...env },
    now: () => new Date('2026-11-24T12:00:00Z'),
    progress: () => undefined,
    ...host,
  };
  try {
    const { exit, report } = await run(inputs, surroundings);
    return { exit, report };
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** What stands on a server but for the journal. */
export function onTarget({ stack }: ElasticServer): JsonObject {
  const { document: _, 'index-settings': __, ...rest } = stackView(stack);
  return rest;
}

/** The text of a run, or the message of its failure. */
export function textOf(ended: Ended): string {
  if (ended instanceof Failure) return `${ended.code}: ${ended.message}\n${ended.help}`;
  const { report } = ended;
  const findings = report.subjects.flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message));
  return [...(report.text ?? []), ...findings].join('\n');
}
