import type { Deployment } from '../../domain/deployment.ts';
import { isArray, member, type Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { Elasticsearch } from './elasticsearch.ts';
import { elasticReason } from './reason.ts';

/** The index that holds the deployments of a cluster. */
export const journalIndex = 'ml-detection-release-journal';

// One answer holds so many: each may keep bodies of some hundred kilobytes.
const page = 100;
// An index shows no more to a search (`index.max_result_window`).
const mostRecords = 10_000;

/**
 * Only what a search asks for is a field. The record is a text of JSON in a member without a mapping, so that no server
 * looks into it: saved bodies have keys that a parser of fields may refuse (empty ones, dots, great depth).
 */
const definition = {
  settings: { number_of_shards: 1, auto_expand_replicas: '0-1', 'index.hidden': true },
  mappings: {
    dynamic: false,
    properties: { number: { type: 'long' }, state: { type: 'keyword' } },
  },
};

/** Which write of a record this client has seen. */
interface Seen {
  readonly sequence: number;
  readonly term: number;
}

/** See `Journal` in `deploy/journal.ts`. */
export interface IndexJournal {
  readonly address: string;
  list(): Promise<Deployment[]>;
  begin(deployment: Deployment): Promise<void>;
  write(deployment: Deployment): Promise<void>;
}

/**
 * Opens an index of a cluster as the journal of the deployments to it. A record is created by its number and only where
 * there is none, and rewritten only where nobody wrote it since (sequence number and primary term): the lock is the
 * cluster's. Touches nothing yet; the first `begin` makes the index.
 * @param isRecord whether a value is a record of ours
 * @param unfinishedOf the newest record where it is unfinished
 */
export function openIndexJournal(
  { client }: Elasticsearch,
  isRecord: (value: unknown) => value is Deployment,
  unfinishedOf: (deployments: readonly Deployment[]) => Deployment | undefined,
): IndexJournal {
  const address = `${client.address.shown}/${journalIndex}`;
  const seen = new Map<number, Seen>();
  // What the last look showed: where a new record is the next one of it, the cluster's own answer decides the race.
  let looked: { readonly made: boolean; readonly newest: number } | undefined;

  async function list(): Promise<Deployment[]> {
    const records = new Map<number, Deployment>();
    let made = true;
    for (let from = 0; from < mostRecords; from += page) {
      const query = { seq_no_primary_term: 'true', size: String(page), from: String(from), sort: 'number:desc' };
      const { status, value } = await client.send({ method: 'GET', path: [journalIndex, '_search'], query }, [404]);
      made = status !== 404;
      const hits = made ? member(member(value, 'hits'), 'hits') : [];
      if (!isArray(hits)) throw broken('its answer has no list of records');
      for (const hit of hits) {
        const record = recordOf(hit);
        // One that was begun meanwhile moves the others on by a place: the first look at each is the newest place.
        if (!records.has(record.number)) remember(record.number, hit);
        if (!records.has(record.number)) records.set(record.number, record);
      }
      if (hits.length < page) break;
    }
    // Which one is the newest decides what is repaired: that is not left to the answer's order.
    const listed = [...records.values()].sort((a, b) => b.number - a.number);
    const finished = unfinishedOf(listed) === undefined;
    looked = finished ? { made, newest: listed[0]?.number ?? 0 } : undefined;
    return listed;
  }

  /** @throws Failure `state-invalid` where a hit is no record, or that of another deployment than its id says */
  function recordOf(hit: Value): Deployment {
    const id = member(hit, '_id');
    const record = parsed(member(member(hit, '_source'), 'record'));
    if (isRecord(record) && String(record.number) === id) return record;
    throw broken(`\`${safe(typeof id === 'string' ? id : '?')}\` is no record of a deployment`);
  }

  const broken = (why: string): Failure => new Failure('state-invalid', `${address}: ${why}.`);

  function remember(number: number, written: Value | undefined): void {
    const [sequence, term] = [member(written, '_seq_no'), member(written, '_primary_term')];
    if (typeof sequence === 'number' && typeof term === 'number') seen.set(number, { sequence, term });
  }

  async function make(): Promise<void> {
    const body = JSON.stringify(definition);
    const { status, value } = await client.send({ method: 'PUT', path: [journalIndex], body }, [400]);
    if (status === 400 && member(member(value, 'error'), 'type') !== 'resource_already_exists_exception') {
      throw broken(`the index cannot be made (${safe(elasticReason(value) ?? 'HTTP 400', 1000)})`);
    }
  }

  const documentOf = (deployment: Deployment): string =>
    JSON.stringify({ number: deployment.number, state: deployment.state, record: JSON.stringify(deployment) });

  return {
    address,
    list,
    async begin(deployment) {
      const next = looked !== undefined && deployment.number === looked.newest + 1;
      if (looked?.made !== true) await make();
      const records = next ? [] : await list();
      looked = undefined;
      const unfinished = unfinishedOf(records);
      if (unfinished === undefined && (records[0]?.number ?? 0) < deployment.number) {
        const path = [journalIndex, '_create', String(deployment.number)];
        const request = { method: 'PUT', path, query: { refresh: 'true' }, body: documentOf(deployment) } as const;
        const { status, value } = await client.send(request, [409]);
        if (status !== 409) {
          remember(deployment.number, value);
          return;
        }
      }
      const { number, run } = unfinished ?? { number: deployment.number, run: undefined };
      const by = run === undefined ? '' : ` by run \`${safe(run)}\``;
      throw new Failure('deployment-held', `Deployment ${number}${by} stands in ${address} already.`);
    },
    async write(deployment) {
      const { number } = deployment;
      const known = seen.get(number);
      const path = [journalIndex, '_doc', String(number)];
      if (known !== undefined) {
        const query = { refresh: 'true', if_seq_no: String(known.sequence), if_primary_term: String(known.term) };
        const request = { method: 'PUT', path, query, body: documentOf(deployment) } as const;
        const { status, value } = await client.send(request, [409]);
        if (status !== 409) {
          remember(number, value);
          return;
        }
        // An answer that was lost on the way looks like somebody else's write: whose it is, its content says.
        const { value: there } = await client.send({ method: 'GET', path }, [404]);
        if (member(member(there, '_source'), 'record') === JSON.stringify(deployment)) {
          remember(number, there);
          return;
        }
      }
      throw new Failure('deployment-lost', `Another run wrote the record of deployment ${number} in ${address} since.`);
    },
  };
}

/** What a text of JSON holds; undefined where it is none. */
function parsed(text: Value | undefined): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
