import { unauthorised } from './access.ts';
import { type Reply, refused } from './exchange.ts';
import { type Incoming, type Loopback, type LoopbackOptions, type Recorded, startLoopback } from './loopback.ts';
import { missingFields } from './required.ts';
import type { Stack } from './stack.ts';
import { newStandIn, type StandInOptions } from './stand-in.ts';
import { serverVersion } from './version.ts';

/** What a server is made with. */
export interface ElasticOptions extends StandInOptions, LoopbackOptions {}

/** A loopback Elasticsearch, of which nothing is real. */
export interface ElasticServer extends Loopback {
  readonly stack: Stack;
}

/** Starts one on a port of its own. */
export async function startElastic(options: ElasticOptions = {}): Promise<ElasticServer> {
  const standIn = newStandIn(options);
  const { namesProduct } = serverVersion(options.version ?? '8.17.2');
  const loopback = await startLoopback(
    {
      answer: async (request, recorded) => {
        recorded.standIn = true;
        const reply = await standIn.answer(request);
        loopback.problems.push(...standIn.problems.splice(0), ...unasked(request, recorded, reply));
        return reply;
      },
      wording: elasticError,
      headers: namesProduct ? { 'x-elastic-product': 'Elasticsearch' } : {},
    },
    options,
  );
  return { ...loopback, stack: standIn.stack };
}

/** What a request that was taken should have had by Elastic's description. A refusal says itself what is wrong. */
export function unasked({ method, path }: Incoming, { body }: Recorded, { status }: Reply): string[] {
  const missing = status < 300 ? missingFields(method, path, body) : undefined;
  return missing === undefined ? [] : [missing];
}

/** An error that Elasticsearch, or what stands before it, gives without having looked at the request. */
export function elasticError(status: number): Reply {
  if (status === 401) return unauthorised('unable to authenticate user [someone] for REST request [/]');
  if (status === 403) {
    const reason = 'action [cluster:admin/ingest/pipeline/put] is unauthorized for user [someone]';
    return refused(403, { type: 'security_exception', reason });
  }
  if (status === 429) {
    const reason = 'rejected execution of coordinating operation';
    return refused(429, { type: 'es_rejected_execution_exception', reason }, { 'retry-after': '1' });
  }
  if (status === 502)
    return { status, body: '<html><h1>502 Bad Gateway</h1></html>', headers: { 'content-type': 'text/html' } };
  const type = status === 503 ? 'cluster_block_exception' : 'exception';
  const reason = status === 503 ? 'blocked by: [SERVICE_UNAVAILABLE/2/no master];' : 'something went wrong';
  return refused(status, { type, reason });
}
