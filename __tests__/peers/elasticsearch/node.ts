import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '../../elastic-server/ask.ts';
import { at, type Json, listOr } from '../../elastic-server/json.ts';
import { root } from '../peer.ts';

/** A real Elasticsearch 7.10.2 in a process of its own. */
export interface RealNode {
  readonly url: string;
  /** Where its `inference` looks for tables (node/InferenceStandIn.java). */
  readonly models: string;
  /** Takes indices, pipelines, templates and scripts off it. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const place = join(root, '.peers', 'elasticsearch');
const slowest = 120_000;

/** Starts a node, which takes some seconds, and waits until it is healthy. */
export async function startNode(): Promise<RealNode> {
  if (!existsSync(join(place, 'made'))) throw new Error('Elasticsearch is not installed: run `node scripts/peers.mjs`');
  const folder = mkdtempSync(join(tmpdir(), 'elasticsearch-'));
  const models = mkdtempSync(join(tmpdir(), 'models-'));
  const child = spawn(
    'java',
    [
      ...['-Xmx512m', '-XX:TieredStopAtLevel=1', `-Dstand-in.models=${models}`],
      ...['-cp', `${join(place, 'classes')}:${join(place, 'lib')}/*`, 'ElasticsearchPeer', folder],
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const close = async (): Promise<void> => {
    await ended(child);
    for (const made of [folder, models]) rmSync(made, { recursive: true, force: true });
  };
  try {
    const url = `http://127.0.0.1:${await portOf(child)}`;
    const { status } = await ask({ url }, 'GET', '/_cluster/health?wait_for_status=yellow&timeout=60s');
    if (status !== 200) throw new Error(`the node is not healthy: ${status}`);
    return { url, models, reset: () => emptied({ url }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The port that the node says it has; its last words where it dies before. */
function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`the node did not start: ${said.slice(-2000)}`)), slowest);
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`${why}: ${said.slice(-2000)}`));
    };
    const hear = (chunk: Buffer): void => {
      said = `${said}${chunk.toString()}`.slice(-20_000);
      const port = /^READY (\d+)$/m.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(port);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`the node ended with ${code}`));
  });
}

/** The node goes when its input ends; it is killed, by its id, where it does not. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  child.stdin?.end();
  await gone;
  clearTimeout(timer);
}

async function emptied(node: { readonly url: string }): Promise<void> {
  for (const path of [
    '/_all?expand_wildcards=all',
    '/_ingest/pipeline/*',
    '/_index_template/*',
    '/_component_template/*',
  ])
    await ask(node, 'DELETE', path);
  const { body } = await ask(node, 'GET', '/_cluster/state/metadata?filter_path=metadata.stored_scripts');
  for (const id of Object.keys(storedScripts(body))) await ask(node, 'DELETE', `/_scripts/${encodeURIComponent(id)}`);
}

/** The scripts in a cluster state. */
export function storedScripts(state: Json | undefined): Readonly<Record<string, Json>> {
  return (at(state, 'metadata', 'stored_scripts') ?? {}) as Readonly<Record<string, Json>>;
}

/** The documents of every index, by `index/id`, all of them refreshed. */
export async function allDocuments(node: { readonly url: string }): Promise<Record<string, Json>> {
  await ask(node, 'POST', '/_all/_refresh');
  const { body } = await ask(node, 'GET', '/_all/_search?size=10000&expand_wildcards=all');
  return Object.fromEntries(
    listOr(at(body, 'hits', 'hits')).map((hit) => [
      `${at(hit, '_index')}/${at(hit, '_id')}`,
      at(hit, '_source') ?? null,
    ]),
  );
}
