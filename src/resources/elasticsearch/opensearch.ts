import { eachProcessor } from '../../domain/processor.ts';
import { type DesiredObject, keyText, type ResourceTypeId } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { Elasticsearch } from './elasticsearch.ts';

/** Types that OpenSearch has under the same addresses, since it began with them. */
const shared: readonly ResourceTypeId[] = ['script', 'pipeline', 'component-template', 'attachment', 'mapping'];
/** Processors that came from Elastic's own part, which OpenSearch did not begin with. */
const foreign = ['inference', 'enrich'];

/** Whether a server has objects of a type at all. */
export function hasType({ distribution }: Elasticsearch, type: ResourceTypeId): boolean {
  return distribution === 'elasticsearch' || shared.includes(type);
}

/** That a server has all that is to be put there. @throws Failure `target-unsupported` which names the first that it has not */
export function requireShared(elasticsearch: Elasticsearch, desired: readonly DesiredObject[]): void {
  if (elasticsearch.distribution === 'elasticsearch') return;
  for (const object of desired) {
    const name = `\`${safe(keyText(object))}\` (${safe(object.file)})`;
    if (!shared.includes(object.type)) throw unsupported(elasticsearch, `${name} is of a type that it does not have`);
    const used = object.type === 'pipeline' ? eachProcessor(object.body).map(({ type }) => type) : [];
    const processor = used.find((type) => foreign.includes(type));
    if (processor !== undefined) throw unsupported(elasticsearch, `${name} has the processor \`${processor}\``);
  }
}

/** That a server is of Elastic. @param what of theirs is needed */
export function requireElastic(elasticsearch: Elasticsearch, what: string): void {
  if (elasticsearch.distribution !== 'elasticsearch') throw unsupported(elasticsearch, `it has no ${what} of Elastic`);
}

function unsupported({ client, title }: Elasticsearch, why: string): Failure {
  return new Failure('target-unsupported', `${client.address.shown} is ${title}, and ${why}.`);
}
