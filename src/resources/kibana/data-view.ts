import { isArray, isObject, member, type Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { TargetClient } from '../http/client.ts';
import type { Kibana } from './kibana.ts';
import { kibanaReason } from './reason.ts';

/** A data view of a space: over which indices people and rules look. */
export interface KnownView {
  readonly id: string;
  /** Its pattern of indices. */
  readonly title: string;
}

const path = ['api', 'data_views'];

/**
 * The data views that are meant by ids, titles or names.
 * @throws Failure `target-refused` where Kibana is older than their API (8.0), `data-view-unknown`; the client's
 */
export async function findDataViews({ client, version }: Kibana, wanted: readonly string[]): Promise<KnownView[]> {
  const { status, value } = await client.send({ method: 'GET', path }, [404]);
  if (status === 404) {
    throw new Failure('target-refused', `Kibana ${version} at ${client.address.shown} has no API of data views.`, {
      help: 'Leave out --refresh-data-view, and refresh the fields in Kibana, under Stack Management.',
    });
  }
  const rows = member(value, 'data_view');
  const known = isArray(rows) ? rows : [];
  return wanted.map((name) => oneOf(known, name, client.address.shown));
}

function oneOf(known: readonly Value[], wanted: string, where: string): KnownView {
  const byId = known.filter((row) => member(row, 'id') === wanted);
  const found =
    byId.length > 0 ? byId : known.filter((row) => ['title', 'name'].some((key) => member(row, key) === wanted));
  const [row] = found;
  const [id, title] = [member(row, 'id'), member(row, 'title')];
  if (found.length === 1 && typeof id === 'string' && typeof title === 'string') return { id, title };
  const shown = (rows: readonly Value[], key: string): string =>
    rows
      .slice(0, 10)
      .map((each) => `\`${safe(String(member(each, key)))}\``)
      .join(', ');
  const [message, help] =
    found.length > 1
      ? [`Several data views at ${where} are called \`${safe(wanted)}\`.`, `Name one by its id: ${shown(found, 'id')}.`]
      : [
          `There is no data view \`${safe(wanted)}\` at ${where}.`,
          `Name one that is there: ${shown(known, 'title') || 'there is none'}.`,
        ];
  throw new Failure('data-view-unknown', message, { help });
}

/**
 * Has the fields of a data view looked up anew. Nothing else of it is written: its title is sent as it is, which counts
 * as no change, and servers that refuse a request without one look the fields up when the data view is read.
 * @returns names of the fields that it has now
 * @throws Failure the client's
 */
export async function refreshDataView(client: TargetClient, { id, title }: KnownView): Promise<ReadonlySet<string>> {
  const one = { path: [...path, 'data_view', id], named: true } as const;
  const body = JSON.stringify({ data_view: { title }, refresh_fields: true });
  const { status, value } = await client.send({ ...one, method: 'POST', body }, [400]);
  if (status !== 400) return fieldsOf(value);
  const reason = kibanaReason(value) ?? 'HTTP 400';
  if (!/change set is empty/i.test(reason)) {
    throw new Failure('target-refused', `The data view \`${safe(title)}\` is not refreshed: ${safe(reason, 1000)}.`);
  }
  const { value: read } = await client.send({ ...one, method: 'GET' });
  return fieldsOf(read);
}

function fieldsOf(value: Value | undefined): ReadonlySet<string> {
  const fields = member(member(value, 'data_view'), 'fields');
  return new Set(isObject(fields) ? Object.keys(fields) : []);
}
