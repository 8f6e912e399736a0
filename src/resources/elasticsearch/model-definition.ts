import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { TargetRequest } from '../http/exchange.ts';
import type { Elasticsearch } from './elasticsearch.ts';

/** What asks for a model's definition as it is kept: base64 of its gzip. */
export function definitionQuery({ since }: Elasticsearch): Record<string, string> {
  const wanted = since(7, 11) ? { include: 'definition' } : { include_model_definition: 'true' };
  return { ...wanted, decompress_definition: 'false' };
}

// The member's name stands at the beginning of an answer that holds nothing else.
const mostBefore = 4096;
const quote = 0x22;

/**
 * Reads a model's `compressed_definition`, which can be larger than memory would like, as it comes.
 * @param receiver takes the base64 without its quotes, piece by piece; made anew for each try
 * @throws Failure `target-answer-invalid` where the answer holds none, or one that is no base64; the client's
 */
export async function downloadDefinition(
  elasticsearch: Elasticsearch,
  id: string,
  receiver: () => (base64: Buffer) => void,
): Promise<void> {
  let reading: Reading | undefined;
  const request: TargetRequest = {
    method: 'GET',
    path: ['_ml', 'trained_models', id],
    query: { ...definitionQuery(elasticsearch), filter_path: 'trained_model_configs.compressed_definition' },
    receiver: () => {
      const current = newReading(id, receiver());
      reading = current;
      return current.take;
    },
  };
  await elasticsearch.client.send(request);
  if (reading?.ended() !== true) throw invalid(id, 'holds none, or not all of it');
}

interface Reading {
  take(chunk: Buffer): void;
  ended(): boolean;
}

function newReading(id: string, take: (base64: Buffer) => void): Reading {
  let head = '';
  let state: 'before' | 'inside' | 'behind' = 'before';

  function inside(chunk: Buffer): void {
    const end = chunk.indexOf(quote);
    const text = end < 0 ? chunk : chunk.subarray(0, end);
    if (!/^[A-Za-z0-9+/=]*$/.test(text.toString('latin1'))) throw invalid(id, 'is no base64');
    take(text);
    if (end >= 0) state = 'behind';
  }

  return {
    take(chunk) {
      if (state === 'inside') inside(chunk);
      if (state !== 'before') return;
      head += chunk.toString('latin1');
      const start = /"compressed_definition"\s*:\s*"/.exec(head);
      if (start === null) {
        if (head.length > mostBefore) throw invalid(id, 'is not where it should be');
        return;
      }
      state = 'inside';
      inside(Buffer.from(head.slice(start.index + start[0].length), 'latin1'));
      head = '';
    },
    ended: () => state === 'behind',
  };
}

function invalid(id: string, why: string): Failure {
  return new Failure('target-answer-invalid', `The answer about the definition of the model \`${safe(id)}\` ${why}.`);
}
