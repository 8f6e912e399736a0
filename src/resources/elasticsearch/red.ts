import { member } from '../../domain/document.ts';
import { Failure, type FailureCode } from '../../errors.ts';
import type { TargetClient } from '../http/client.ts';

/** How a server fails that wants to do something, and cannot. */
const unable: readonly FailureCode[] = ['target-failed', 'target-timeout'];

/**
 * A client whose failures say so where the cluster is red: some of its data has no node, and what is to be written there
 * fails or waits in vain. It is asked for behind a failure only, and costs nothing as long as there is none.
 */
export function explainingRed(client: TargetClient): TargetClient {
  return {
    ...client,
    async send(request, accept) {
      try {
        return await client.send(request, accept);
      } catch (error) {
        throw error instanceof Failure && unable.includes(error.code) ? await explained(client, error) : error;
      }
    },
  };
}

async function explained(client: TargetClient, error: Failure): Promise<Failure> {
  try {
    // Of the node that answers: where there is no master, all of them have none to ask.
    const { value } = await client.send({ method: 'GET', path: ['_cluster', 'health'], query: { local: 'true' } });
    if (member(value, 'status') !== 'red') return error;
    const [shards, at] = [member(value, 'unassigned_shards'), client.address.shown];
    const lost = typeof shards === 'number' ? ` (shards without a node: ${shards})` : '';
    return new Failure(error.code, `${error.message} The cluster at ${at} is red${lost}.`, {
      help: 'Mend the cluster, and run the command again. Why a shard has no node: `GET /_cluster/allocation/explain`.',
      cause: error.cause,
    });
  } catch {
    // It fails in this too: what failed first is what counts.
    return error;
  }
}
