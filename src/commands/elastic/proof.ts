import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pipelineTests } from '../../checks/pipeline-tests.ts';
import type { Proof } from '../../deploy/execution.ts';
import type { PlannedProof } from '../../deploy/request.ts';
import { isArray, member, type Value } from '../../domain/document.ts';
import { eachProcessor } from '../../domain/processor.ts';
import { type DesiredObject, keyText, type ObjectKey } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { TargetClient } from '../../resources/http/client.ts';
import { type Content, pathOf } from './content.ts';
import { proveTests } from './test-proof.ts';

/** A domain, and the class that the model gives it where the bundle says so. */
interface ProofDocument {
  readonly domain: string;
  readonly expected?: number;
}

/** What is proven before the switch, and behind it where something goes afterwards. */
export interface SimulationProof {
  readonly planned: readonly PlannedProof[];
  /** Documents that are sent. */
  readonly count: number;
  run(client: TargetClient): ReadonlyMap<string, Proof>;
}

/** Domains of a bundle without golden rows: any model answers them, whatever it says. */
const usual = ['elastic.co', 'wikipedia.org', 'kq3v9z7x1wjh5m.net'].map((domain) => ({ domain }));
/** So many show a wrong field as well as all would. */
const most = 20;
/** Milliseconds for documents that are on their way through the old pipelines when the switch is written. */
const drain = 1000;
/** Bytes of a file of golden rows that are read for them. */
const head = 64 * 1024;

/**
 * The proof of a DGA bundle: documents through the pipeline that the data comes to, as it will stand, while the one that
 * stands serves; in an update once more behind the switch, before what stood there goes. The documents of another kind
 * are not known but where the bundle brings some: its test documents, which are compared with what is expected of them.
 * @param update whether something stands there already
 */
export function simulationOf(
  content: Content,
  desired: readonly DesiredObject[],
  update: boolean,
): SimulationProof | undefined {
  const outer = outerOf(desired);
  const targets = resultFields(desired);
  const { bundle } = content;
  const { tests } = pipelineTests(bundle);
  const documents = bundle.kind?.id === 'ml-dga' && targets.length > 0 ? goldenDocuments(content) : [];
  if (outer === undefined || documents.length + tests.length === 0) return undefined;
  const key = ({ type, id }: DesiredObject): ObjectKey => ({ type, id });
  const before = { proof: 'simulate', objects: desired.filter((object) => object !== outer).map(key) };
  const behind = { proof: 'simulate-stored', objects: [key(outer)] };
  const send = (client: TargetClient, path: readonly string[], pipeline: object): Promise<void> =>
    simulate(client, path, pipeline, outer.id, documents, targets);
  return {
    planned: update && documents.length > 0 ? [before, behind] : [before],
    count: documents.length + tests.reduce((sum, { docs }) => sum + docs.length, 0),
    run: (client) =>
      new Map([
        [
          before.proof,
          async () => {
            if (documents.length > 0) await send(client, [], { pipeline: outer.body });
            await proveTests(client, bundle, tests, desired);
          },
        ],
        [
          behind.proof,
          async () => {
            await sleep(drain);
            await send(client, [outer.id], {});
          },
        ],
      ]),
  };
}

/** The pipeline that nothing of the bundle calls: what connects data to it is no part of the bundle. */
export function outerOf(desired: readonly DesiredObject[]): DesiredObject | undefined {
  const callers = desired.filter(({ type }) => type !== 'attachment');
  const called = new Set(callers.flatMap(({ dependsOn }) => dependsOn.map(keyText)));
  return desired.find((object) => object.type === 'pipeline' && !called.has(keyText(object)));
}

/** The fields into which the pipelines write what a model says. */
export function resultFields(desired: readonly DesiredObject[]): string[] {
  return desired
    .filter(({ type }) => type === 'pipeline')
    .flatMap(({ body }) => eachProcessor(body))
    .filter(({ type }) => type === 'inference')
    .flatMap(({ body }) => {
      const field = member(body, 'target_field');
      return typeof field === 'string' ? [field] : [];
    });
}

function goldenDocuments(content: Content): readonly ProofDocument[] {
  const file = content.bundle.entries.find(({ role }) => role === 'golden')?.path;
  const path = file === undefined ? undefined : pathOf(content, file);
  if (path === undefined) return usual;
  const lines = readFileSync(path).subarray(0, head).toString('utf8').split('\n').slice(0, most);
  const rows = lines.flatMap((line): ProofDocument[] => {
    try {
      const row: Value = JSON.parse(line);
      const [domain, expected] = [member(row, 'domain'), member(row, 'malicious_prediction')];
      if (typeof domain !== 'string') return [];
      return [typeof expected === 'number' ? { domain, expected } : { domain }];
    } catch {
      return [];
    }
  });
  return rows.length === 0 ? usual : rows;
}

async function simulate(
  client: TargetClient,
  path: readonly string[],
  pipeline: object,
  id: string,
  documents: readonly ProofDocument[],
  targets: readonly string[],
): Promise<void> {
  const docs = documents.map(({ domain }) => ({ _source: { dns: { question: { registered_domain: domain } } } }));
  const body = JSON.stringify({ ...pipeline, docs });
  const { value } = await client.send({ method: 'POST', path: ['_ingest', 'pipeline', ...path, '_simulate'], body });
  const answers = member(value, 'docs');
  for (const [index, document] of documents.entries()) {
    const answer = isArray(answers) ? answers[index] : undefined;
    const why = defectOf(answer, document, targets);
    if (why === undefined) continue;
    const message = `\`${safe(document.domain)}\` through \`${safe(id)}\`: ${safe(why, 1000)}.`;
    throw new Failure('proof-failed', message);
  }
}

/** Why a simulated document is not what it should be. */
function defectOf(
  answer: Value | undefined,
  { expected }: ProofDocument,
  targets: readonly string[],
): string | undefined {
  const source = member(member(answer, 'doc'), '_source');
  if (source === undefined)
    return `no document came out (${JSON.stringify(member(answer, 'error') ?? answer ?? null)})`;
  for (const target of targets) {
    const result = target.split('.').reduce<Value | undefined>((value, key) => member(value, key), source);
    const [error, warning] = [member(result, 'error'), member(result, 'warning')];
    if (error !== undefined || warning !== undefined) return `\`${target}\` says ${JSON.stringify(error ?? warning)}`;
    const seen = member(result, 'malicious_prediction') ?? member(result, 'predicted_value');
    if (seen === undefined) return `there is no prediction in \`${target}\``;
    if (expected !== undefined && Number(seen) !== expected) return `${JSON.stringify(seen)} in place of ${expected}`;
  }
  return undefined;
}
