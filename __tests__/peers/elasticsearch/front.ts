import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { ask } from '../../elastic-server/ask.ts';
import type { Reply } from '../../elastic-server/exchange.ts';
import { type GoldenRows, goldenTable } from '../../elastic-server/golden.ts';
import { at, flattened, type Json, type JsonObject, listOr, objectOr } from '../../elastic-server/json.ts';
import {
  type Incoming,
  type Loopback,
  type LoopbackOptions,
  type Recorded,
  startLoopback,
} from '../../elastic-server/loopback.ts';
import { elasticError, unasked } from '../../elastic-server/server.ts';
import { newStack, type Stack, type StackView, stackView } from '../../elastic-server/stack.ts';
import { newStandIn, type StandInOptions } from '../../elastic-server/stand-in.ts';
import { allDocuments, type RealNode, storedScripts } from './node.ts';

/** What a front is made with. */
export interface FrontOptions extends Omit<StandInOptions, 'version' | 'pipelines' | 'programs'>, LoopbackOptions {}

/** A real node with what it lacks in front of it. */
export interface ElasticFront extends Loopback {
  /** What the stand-in holds: models, jobs, datafeeds, analytics, transforms, the licence. */
  readonly stack: Stack;
  /** What stands on both, read from the real node where it has it. */
  view(): Promise<StackView>;
}

/** What an Elasticsearch of Apache-2.0 jars does not have; its nodes are shown as if they could learn. */
const lacking = /^\/(?:_ml|_license|_xpack|_security|_transform)(?:\/|$)|^\/_nodes(?:\/ml:true)?$/;

/**
 * Starts a server that passes requests to a real node as they come, and answers what that node lacks from the stand-in.
 * The processor `inference` is our own in the node; it learns of models as they are put.
 */
export async function startFront(node: RealNode, options: FrontOptions = {}): Promise<ElasticFront> {
  const stack = options.stack ?? newStack();
  const standIn = newStandIn({ ...options, stack, version: '7.10.2', pipelines: () => realPipelines(node) });
  const told = new Set<string>();
  const answer = async (request: Incoming, recorded: Recorded): Promise<Reply> => {
    recorded.standIn = lacking.test(request.path);
    const reply = recorded.standIn
      ? await standIn.answer(request)
      : (standIn.denied(request) ?? (await passed(node.url, request)));
    loopback.problems.push(...standIn.problems.splice(0), ...unasked(request, recorded, reply));
    tellModels(node, stack, options.golden ?? {}, told);
    return reply;
  };
  const loopback = await startLoopback({ answer, wording: elasticError }, options);
  return { ...loopback, stack, view: () => viewOf(node, stack) };
}

/** Writes the tables of the models that are there, and removes those of the models that went. */
function tellModels({ models }: RealNode, stack: Stack, golden: GoldenRows, told: Set<string>): void {
  for (const id of told) if (!stack.models.has(id)) rmSync(join(models, `${id}.tsv`), { force: true });
  told.clear();
  for (const [id, { body }] of stack.models) {
    const inputs = listOr(at(body, 'input', 'field_names')).map(String);
    const rows = [...goldenTable(golden, id, inputs)].map(
      ([key, row]) => `${key}\t${row.malicious_prediction}\t${row.malicious_probability}`,
    );
    // The node reads it while documents come: it is never there half.
    const [aside, place] = [join(models, `${id}.tsv.new`), join(models, `${id}.tsv`)];
    writeFileSync(aside, `${[inputs.join('\t'), ...rows].join('\n')}\n`);
    renameSync(aside, place);
    told.add(id);
  }
}

async function realPipelines(node: RealNode): Promise<ReadonlyMap<string, JsonObject>> {
  const { body } = await ask(node, 'GET', '/_ingest/pipeline');
  return new Map(Object.entries(objectOr(body)).map(([id, pipeline]) => [id, objectOr(pipeline)]));
}

/** Sends a request on, byte for byte, without who asked, and brings the answer back. */
function passed(url: string, { method, path, query, bytes, headers }: Incoming): Promise<Reply> {
  const tail = [...query].length === 0 ? '' : `?${query}`;
  const type = headers['content-type'];
  const own = { ...(type === undefined ? {} : { 'content-type': type }), 'content-length': bytes.length };
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${url}${path}${tail}`,
      { method, headers: bytes.length === 0 ? {} : own },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => void chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const contentType = response.headers['content-type'];
          resolve({
            status: response.statusCode ?? 0,
            ...(text === '' ? {} : { body: text }),
            ...(contentType === undefined ? {} : { headers: { 'content-type': contentType } }),
          });
        });
      },
    );
    request.on('error', reject);
    request.end(bytes);
  });
}

async function viewOf(node: RealNode, stack: Stack): Promise<StackView> {
  const read = async (path: string): Promise<Json | undefined> => (await ask(node, 'GET', path)).body;
  const rows = (value: Json | undefined, list: string, inner: string): Record<string, Json> =>
    Object.fromEntries(listOr(at(value, list)).map((row) => [String(at(row, 'name')), at(row, inner) ?? null]));
  const settings = objectOr(await read('/_all/_settings?expand_wildcards=all'));
  return {
    ...stackView(stack),
    script: storedScripts(await read('/_cluster/state/metadata?filter_path=metadata.stored_scripts')),
    pipeline: Object.fromEntries(await realPipelines(node)),
    'component-template': rows(await read('/_component_template'), 'component_templates', 'component_template'),
    'index-template': rows(await read('/_index_template'), 'index_templates', 'index_template'),
    'index-settings': Object.fromEntries(
      Object.entries(settings).map(([name, state]) => [name, flattened(objectOr(at(state, 'settings')))]),
    ),
    document: await allDocuments(node),
  };
}

/** How much of what a test asked was answered by a stand-in, for the one who reads the test's output. */
export function standInShare(requests: readonly Recorded[]): string {
  const answered = requests.filter(({ standIn }) => standIn).length;
  const share = requests.length === 0 ? 0 : Math.round((answered / requests.length) * 100);
  const rest = 'the others by Elasticsearch 7.10.2, in which the processor `inference` is a stand-in too';
  return `${answered} of ${requests.length} requests (${share} %) answered by the stand-in, ${rest}`;
}
