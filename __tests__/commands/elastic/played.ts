import { expect } from 'vitest';
import { canonicalJson } from '../../../src/domain/canonical-json.ts';
import { Failure } from '../../../src/errors.ts';
import type { Inputs } from '../../../src/inputs.ts';
import type { Fault } from '../../elastic-server/faults.ts';
import type { ElasticServer } from '../../elastic-server/server.ts';
import { cluster, mldr, onTarget, textOf } from './cluster.ts';

/** A few at a time: each of them is a server of its own. */
const width = 24;

/** A command that is played against a server. */
export type Story = Pick<Inputs, 'command' | 'directory' | 'only'>;

/** What one run of a story with a fault came to. */
interface Played {
  readonly before: string;
  readonly after: string;
  /** Requests of the last command, by number. */
  readonly numbers: readonly number[];
  readonly ends: string;
  readonly between: string;
  readonly repaired: string;
}

/** Commands, one after the other, of which the last has the fault. */
export interface Play {
  readonly folder: string;
  readonly first: readonly Story[];
  readonly last: Story;
  /** Puts on a new server what the story needs. */
  readonly prepare?: (server: ElasticServer) => void;
}

/**
 * Plays the last command once for each of its requests and each fault, and repairs what it left.
 * @returns the number of cases, and those after which the target was neither as before nor complete
 */
export async function everyFault(play: Play, faults: readonly Fault[]): Promise<{ cases: number; wrong: string[] }> {
  const whole = await played(play);
  const cases = whole.numbers.flatMap((number) => faults.map((fault) => ({ number, fault })));
  const wrong: string[] = [];
  const next = cases.values();
  const worker = async (): Promise<void> => {
    for (const { number, fault } of next) {
      const { ends, between, repaired } = await played(play, { number, fault });
      const good = [whole.before, whole.after];
      // A client that was killed puts nothing back: its repair does.
      const settled = fault.startsWith('kill') || between.includes('deployment-incomplete') || good.includes(ends);
      if (!settled || !good.includes(repaired)) wrong.push(`${number} ${fault}: ${between}`);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return { cases: cases.length, wrong };
}

async function played(
  { folder, first, last, prepare }: Play,
  trouble?: { readonly number: number; readonly fault: Fault },
): Promise<Played> {
  const server = await cluster();
  prepare?.(server);
  for (const story of first) expect(await mldr(folder, server.url, story)).toMatchObject({ exit: 0 });
  const before = canonicalJson(onTarget(server));
  const start = server.requests.length;
  if (trouble !== undefined) server.faults.set(start + trouble.number, trouble.fault);
  const ended = await mldr(folder, server.url, last);
  server.faults.clear();
  server.revive();
  const numbers = server.requests.slice(start).map((_, index) => index);
  const ends = canonicalJson(onTarget(server));
  const between = ended instanceof Failure ? textOf(ended) : 'done';
  const repair = await mldr(folder, server.url, { command: last.command, repair: true });
  expect(repair).toMatchObject({ exit: 0 });
  const repaired = canonicalJson(onTarget(server));
  await server.close();
  return { before, after: repaired, numbers, ends, between, repaired };
}
