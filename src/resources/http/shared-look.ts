import type { TargetClient } from './client.ts';
import type { TargetRequest } from './exchange.ts';

type Answer = ReturnType<TargetClient['send']>;

const underWay = new WeakMap<TargetClient, Map<string, Answer>>();

/**
 * Looks at something that many look at in one moment: whoever asks while a request for it is under way gets its answer
 * too. Only for looks that no write of ours goes on beside.
 * @throws Failure the client's
 */
export async function sharedLook(client: TargetClient, request: TargetRequest, accept: readonly number[]) {
  const looks = underWay.get(client) ?? new Map<string, Answer>();
  underWay.set(client, looks);
  const key = JSON.stringify([request.path, request.query, accept]);
  const look = looks.get(key) ?? client.send(request, accept);
  looks.set(key, look);
  try {
    return await look;
  } finally {
    if (looks.get(key) === look) looks.delete(key);
  }
}
