import { member } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { Elasticsearch } from './elasticsearch.ts';
import { requireElastic } from './opensearch.ts';

/** Licences that run trained models (elastic.md §6.1); the historic tool refused a trial. */
const sufficient = ['trial', 'platinum', 'enterprise'];

/**
 * That trained models run on a server: machine learning is there and enabled, and an active licence allows it.
 * @returns the name of the licence
 * @throws Failure `target-licence`, `target-unsupported`; the client's
 */
export async function requireMachineLearning(elasticsearch: Elasticsearch): Promise<string> {
  requireElastic(elasticsearch, 'machine learning');
  const { client } = elasticsearch;
  const query = { categories: 'license,features' };
  const { value } = await client.send({ method: 'GET', path: ['_xpack'], query });
  const licence = member(value, 'license');
  const [type, status] = [member(licence, 'type'), member(licence, 'status')];
  const at = client.address.shown;
  if (typeof type !== 'string' || typeof status !== 'string') {
    throw new Failure('target-licence', `${at} names no licence.`, {
      help: 'While a cluster elects a master it has none to show: run the command again when it is well.',
    });
  }
  if (status !== 'active')
    throw new Failure('target-licence', `The licence \`${safe(type)}\` of ${at} is ${safe(status)}.`);
  if (!sufficient.includes(type)) {
    throw new Failure('target-licence', `The licence of ${at} is \`${safe(type)}\`, which runs no trained model.`);
  }
  const learning = member(member(value, 'features'), 'ml');
  if (member(learning, 'available') !== true || member(learning, 'enabled') !== true) {
    throw new Failure('target-licence', `Machine learning is switched off on ${at}.`, {
      help: 'Set `xpack.ml.enabled: true` on its nodes, and give one of them the role `ml`.',
    });
  }
  return type;
}
