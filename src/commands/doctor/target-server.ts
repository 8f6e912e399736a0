import { isArray, isObject, member } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { counted } from '../../reporters/measure.ts';
import type { TargetClient } from '../../resources/http/client.ts';
import type { Condition } from '../../stores/preflight.ts';

/** First version with the addresses of trained models that are asked for here (elastic.md §6.1). */
const oldest = [7, 10] as const;

/** What answers, and whether it is new enough. */
export async function serverCondition(client: TargetClient): Promise<Condition[]> {
  const subject = 'server';
  const { value } = await client.send({ method: 'GET', path: [] });
  const about = member(value, 'version');
  const [number, distribution, flavor] = ['number', 'distribution', 'build_flavor'].map((name) => member(about, name));
  const version = typeof number === 'string' ? safe(number) : '?';
  const at = client.address.shown;
  if (distribution === 'opensearch') {
    const message = `OpenSearch ${version} answers at ${at}: it has no trained models, jobs and rules of this sort.`;
    return [{ subject, state: 'missing', code: 'target-licence', message, help: 'Deploy to an Elasticsearch.' }];
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    const message = `Elasticsearch ${version} answers at ${at}: trained models came with ${oldest.join('.')}.`;
    return [{ subject, state: 'missing', code: 'target-answer-invalid', message, help: 'Upgrade it.' }];
  }
  const sort = flavor === 'serverless' ? 'a serverless Elasticsearch' : `Elasticsearch ${version}`;
  return [{ subject, state: 'good', message: `${sort} answers at ${at}.` }];
}

/** Whether the cluster as a whole can write. */
export async function clusterCondition(client: TargetClient): Promise<Condition[]> {
  const subject = 'cluster';
  const { value } = await client.send({ method: 'GET', path: ['_cluster', 'health'] });
  const status = member(value, 'status');
  const unassigned = member(value, 'unassigned_shards');
  const shards = typeof unassigned === 'number' ? counted(unassigned, 'shard') : 'shards';
  if (status === 'green' || status === 'yellow')
    return [{ subject, state: 'good', message: `Its health is ${status}.` }];
  const message = `Its health is ${safe(String(status))}: ${shards} without a node, and some data is out of reach.`;
  const help = 'Mend it first. Why a shard has no node:\n    GET /_cluster/allocation/explain';
  return [{ subject, state: 'missing', code: 'target-failed', message, help }];
}

/** Whether nodes are there for what is deployed: pipelines run on those for ingest, jobs on those for learning. */
export async function learningConditions(client: TargetClient): Promise<Condition[]> {
  const [nodes, info] = await Promise.all([
    client.send({ method: 'GET', path: ['_nodes'], query: { filter_path: 'nodes.*.roles' } }),
    client.send({ method: 'GET', path: ['_ml', 'info'] }),
  ]);
  const found = member(nodes.value, 'nodes');
  const roles = (isObject(found) ? Object.values(found) : []).map((node) => member(node, 'roles'));
  const count = (role: string): number => roles.filter((each) => isArray(each) && each.includes(role)).length;
  const [subject, learning, ingest] = ['nodes', count('ml'), count('ingest')];
  const conditions: Condition[] = [];
  if (member(info.value, 'upgrade_mode') === true) {
    const message = 'Machine learning stands still: somebody set it into the mode for upgrades.';
    const help = 'When the upgrade is done:\n    POST /_ml/set_upgrade_mode?enabled=false';
    conditions.push({ subject, state: 'missing', code: 'target-licence', message, help });
  }
  if (ingest === 0) {
    const message = 'No node has the role `ingest`: no document goes through a pipeline.';
    conditions.push({ subject, state: 'missing', message, help: 'Give a node the role `ingest`.' });
  }
  if (learning === 0) {
    const message = 'No node has the role `ml`: models answer all the same, but no job is opened.';
    const help = 'Give a node the role `ml`; where the cluster grows by itself, one comes with the first job.';
    return [...conditions, { subject, state: 'attention', message, help }];
  }
  const sorts = [learning, ingest].map((number) => (number === 1 ? '1 node' : `${number} nodes`));
  const message = `${sorts[0]} with the role \`ml\`, ${sorts[1]} with \`ingest\`.`;
  return conditions.length > 0 ? conditions : [{ subject, state: 'good', message }];
}
