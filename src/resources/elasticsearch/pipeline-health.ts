import { isArray, isObject, member, type Value } from '../../domain/document.ts';
import { type Health, type Tolerance, tally, tooMany } from '../../domain/health.ts';
import { safe } from '../../domain/safe.ts';
import type { TargetClient } from '../http/client.ts';
import { countOf } from './health.ts';
import { membersOf } from './users.ts';

/** What the nodes counted of a pipeline since they started, added up. */
interface Counted {
  readonly documents: number;
  readonly failed: number;
  /** By the name of a processor: failures of it, also those that `on_failure` caught. */
  readonly processors: ReadonlyMap<string, number>;
}

/**
 * How pipelines do their work, by what every node counted since it started; one request for all of them. A failure that
 * `on_failure` caught is one too: the document was stored, and without what the pipeline is there for.
 */
export async function pipelinesHealth(
  client: TargetClient,
  ids: readonly string[],
  tolerance: Tolerance,
): Promise<ReadonlyMap<string, Health>> {
  const query = { filter_path: '_nodes,nodes.*.ingest.pipelines' };
  const { value } = await client.send({ method: 'GET', path: ['_nodes', 'stats', 'ingest'], query });
  const nodes = membersOf(member(value, 'nodes')).map(([, node]) => member(member(node, 'ingest'), 'pipelines'));
  const silent = countOf(value, '_nodes', 'failed');
  return new Map(ids.map((id) => [id, healthOf(counted(nodes, id), silent, tolerance)]));
}

function counted(nodes: readonly (Value | undefined)[], id: string): Counted {
  const rows = nodes.map((pipelines) => member(pipelines, id)).filter(isObject);
  const processors = new Map<string, number>();
  for (const row of rows) {
    const list = row['processors'];
    for (const [name, processor] of (isArray(list) ? list : []).flatMap(membersOf)) {
      // Before 7.9 the counts stand there themselves.
      const failed = countOf(member(processor, 'stats') ?? processor, 'failed');
      if (failed > 0) processors.set(name, (processors.get(name) ?? 0) + failed);
    }
  }
  const sum = (name: string): number => rows.reduce((total, row) => total + countOf(row, name), 0);
  return { documents: sum('count'), failed: sum('failed'), processors };
}

function healthOf({ documents, failed, processors }: Counted, silent: number, tolerance: Tolerance): Health {
  const caught = [...processors.values()].reduce((total, count) => total + count, 0);
  // One document may fail at one processor only, and what it fails at is counted beside the pipeline itself.
  const failures = Math.max(failed, caught);
  const figures = { documents, failed, processorFailures: caught, ...(silent > 0 ? { silentNodes: silent } : {}) };
  const at = [...processors].map(([name, count]) => `${count.toLocaleString('en-US')} at \`${safe(name)}\``);
  const where = at.length === 0 ? '' : ` (${at.join(', ')})`;
  const did = `${tally(documents, 'document')}, ${tally(failures, 'failure')}${where}`;
  if (tooMany(failures, documents, tolerance)) return { state: 'ill', text: did, figures };
  if (silent > 0)
    return { state: 'unknown', text: `${tally(silent, 'node')} did not answer; the others: ${did}`, figures };
  if (documents === 0) return { state: 'quiet', text: 'no document since its nodes started', figures };
  return { state: 'healthy', text: did, figures };
}
