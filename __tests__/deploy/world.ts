import type { Journal } from '../../src/deploy/journal.ts';
import { canonicalJson } from '../../src/domain/canonical-json.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { Value } from '../../src/domain/document.ts';
import { Failure } from '../../src/errors.ts';
import type { ResourceTypes } from '../../src/resources/resource.ts';
import type { Send } from './world-objects.ts';
import { worldTypes } from './world-types.ts';

/** What happens to a request: it is refused or its answer is lost; or the process dies before or after it. */
export type Fault = 'refused' | 'unanswered' | 'killed-before' | 'killed-after';

/** Every fault. */
export const faults: readonly Fault[] = ['refused', 'unanswered', 'killed-before', 'killed-after'];

/** What a dead process gives: nobody is there to hear it. */
class Killed extends Error {}

/** A target in memory with its journal: what stands there, and nothing of who asks. */
export interface World {
  /** By `keyText`. */
  readonly objects: Map<string, Value>;
  /** What uses objects besides other objects: `index logs` by `keyText`. */
  readonly users: Map<string, string>;
  readonly records: Map<number, StoredRecord>;
  /** A process that talks to it. */
  open(faults?: ReadonlyMap<number, Fault>, pace?: () => number): Client;
}

interface StoredRecord {
  readonly version: number;
  readonly text: string;
}

/** One process's way to the target; its requests are counted, and each may meet a fault. */
export interface Client {
  readonly types: ResourceTypes;
  readonly journal: Journal;
  readonly requests: readonly string[];
  readonly dead: boolean;
}

/** An empty world. */
export function makeWorld(): World {
  const objects = new Map<string, Value>();
  const users = new Map<string, string>();
  const records = new Map<number, StoredRecord>();
  return {
    objects,
    users,
    records,
    open: (planned = new Map(), pace = () => 1) => {
      const requests: string[] = [];
      let dead = false;
      const die = (): never => {
        dead = true;
        throw new Killed('killed');
      };
      const send: Send = async (what, effect) => {
        if (dead) throw new Killed('dead');
        requests.push(what);
        const fault = planned.get(requests.length);
        for (let turn = pace(); turn > 0; turn -= 1) await Promise.resolve();
        if (fault === 'killed-before') die();
        if (fault === 'refused') throw new Failure('write-failed', `Refused: ${what}.`);
        const result = effect();
        for (let turn = pace(); turn > 0; turn -= 1) await Promise.resolve();
        if (fault === 'killed-after') die();
        if (fault === 'unanswered') throw new Failure('write-failed', `Unanswered: ${what}.`);
        return result;
      };
      return {
        types: worldTypes(objects, users, send),
        journal: worldJournal(records, send),
        requests,
        get dead() {
          return dead;
        },
      };
    },
  };
}

function worldJournal(records: Map<number, StoredRecord>, send: Send): Journal {
  const seen = new Map<number, number>();
  const parsed = (): Deployment[] =>
    [...records.values()].map(({ text }): Deployment => JSON.parse(text)).sort((a, b) => b.number - a.number);
  return {
    address: 'memory',
    list: () =>
      send('list', () => {
        for (const [number, { version }] of records) seen.set(number, version);
        return parsed();
      }),
    begin: async (deployment) => {
      const [newest] = await send('list', parsed);
      const unfinished = newest?.state === 'running' || newest?.state === 'undoing';
      await send('begin', () => {
        if (unfinished || records.has(deployment.number) || (newest?.number ?? 0) >= deployment.number) {
          const { number, run } = newest ?? deployment;
          throw new Failure('deployment-held', `Deployment ${number} by ${run} is there.`);
        }
        records.set(deployment.number, { version: 1, text: JSON.stringify(deployment) });
      });
      seen.set(deployment.number, 1);
    },
    write: async (deployment) => {
      const known = seen.get(deployment.number);
      await send(`write ${deployment.state}`, () => {
        if (known === undefined || records.get(deployment.number)?.version !== known) {
          throw new Failure('deployment-lost', `Deployment ${deployment.number} was written since.`);
        }
        records.set(deployment.number, { version: known + 1, text: JSON.stringify(deployment) });
      });
      seen.set(deployment.number, (known ?? 0) + 1);
    },
  };
}

/** All that stands on a target, for comparison. */
export function snapshot({ objects }: World): string[] {
  return [...objects].map(([key, body]) => `${key} ${canonicalJson(body)}`).sort();
}

/** The records, newest first. */
export function recordsOf({ records }: World): Deployment[] {
  return [...records.values()].map(({ text }): Deployment => JSON.parse(text)).sort((a, b) => b.number - a.number);
}
