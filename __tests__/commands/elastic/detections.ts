import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Inputs } from '../../../src/inputs.ts';
import { superuser } from '../../elastic-server/access.ts';
import type { Fault } from '../../elastic-server/faults.ts';
import type { JsonObject } from '../../elastic-server/json.ts';
import type { Loopback } from '../../elastic-server/loopback.ts';
import type { ElasticServer } from '../../elastic-server/server.ts';
import { call } from '../../kibana-server/call.ts';
import { type KibanaOptions, type KibanaServer, startKibana } from '../../kibana-server/server.ts';
import { kibanaView, newKibanaState } from '../../kibana-server/state.ts';
import { cluster, type Ended, mldr, onTarget } from './cluster.ts';

/** The example, and a later release of its family. */
export const detections = 'ML-experimental-detections-20261122-1';
export const later = 'ML-experimental-detections-20261123-2';

/** Ids of its rules: of machine learning, and two queries. */
export const [learning, predicted, probable] = [1, 2, 3].map((n) => `0f6a6a52-2f0c-4a0c-9d2e-3a6f9c1f1a0${n}`) as [
  string,
  string,
  string,
];
/** Their files. */
export const learningFile = 'experimental_ml_high_sum_dga_probability.toml';
export const predictedFile = 'experimental_dns_request_predicted_dga.toml';
export const probableFile = 'experimental_dns_request_high_dga_probability.toml';

/** A stack of both, and what runs the product against it. */
export interface Stack {
  readonly elastic: ElasticServer;
  readonly kibana: KibanaServer;
  readonly folder: string;
  /** Who asks, as the environment says it. */
  readonly known: Record<string, string>;
  mldr(inputs: Inputs, env?: Record<string, string>): Promise<Ended>;
  /** What a person changes of a rule. */
  person(ruleId: string, change: JsonObject, space?: string): Promise<void>;
  rule(ruleId: string, space?: string): JsonObject | undefined;
  /** All that stands on both but for the journal. */
  everything(): JsonObject;
}

/** A loopback Elasticsearch and Kibana with the spaces `default` and `soc`, gone behind the test. */
export async function stack(folder: string, options: KibanaOptions = {}): Promise<Stack> {
  // A client that dies at one server asks nothing of the other any more.
  const dies = (other: () => Loopback) => (fault: Fault) => {
    const { faults, requests } = other();
    if (fault.startsWith('kill')) faults.set(requests.length, 'kill-before');
  };
  const elastic = await cluster({ onFault: dies(() => kibana) });
  const kibana: KibanaServer = await startKibana({
    state: newKibanaState('soc'),
    onFault: dies(() => elastic),
    ...options,
  });
  onTestFinished(() => kibana.close());
  const known = { ELASTIC_USERNAME: superuser.name, ELASTIC_PASSWORD: superuser.password ?? '' };
  return {
    elastic,
    kibana,
    folder,
    known,
    mldr: (inputs, env = {}) => mldr(folder, elastic.url, inputs, { ...known, KIBANA_URL: kibana.url, ...env }),
    async person(ruleId, change, space) {
      const below = space === undefined ? '' : `/s/${space}`;
      await call(kibana, 'PATCH', `${below}/api/detection_engine/rules`, { rule_id: ruleId, ...change });
    },
    rule: (ruleId, space = 'default') => kibana.state.spaces.get(space)?.rules.get(ruleId),
    everything: () => ({ elastic: onTarget(elastic), kibana: kibanaView(kibana.state) }),
  };
}

/** A folder with the example, gone behind the test. */
export function detectionsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mldr-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  cpSync(resolve('examples', detections), join(folder, detections), { recursive: true });
  return folder;
}

/** Changes texts of a file in a bundle of a folder. */
export function edit(folder: string, bundle: string, file: string, ...pairs: readonly (readonly [string, string])[]) {
  const path = join(folder, bundle, file);
  const text = pairs.reduce(
    (old, [from, to]) => {
      if (!old.includes(from)) throw new Error(`${from} is not in ${file}`);
      return old.replace(from, to);
    },
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, text);
}

/** Makes the later release of the one that a folder has. */
export function laterRelease(folder: string): void {
  cpSync(join(folder, detections), join(folder, later), { recursive: true });
}
