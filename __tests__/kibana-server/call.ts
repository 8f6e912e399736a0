import { superuser } from '../elastic-server/access.ts';
import { authorization } from '../elastic-server/ask.ts';
import type { Json, JsonObject } from '../elastic-server/json.ts';
import type { KibanaAccount } from './server.ts';

/** An answer as tests look at it. */
export interface KibanaAnswer {
  readonly status: number;
  readonly body: Json | undefined;
}

async function answered(response: Response): Promise<KibanaAnswer> {
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) as Json };
  } catch {
    return { status: response.status, body: text === '' ? undefined : text };
  }
}

/** Asks a Kibana by plain `fetch`, with the header that it wants. */
export async function call(
  { url }: { readonly url: string },
  method: string,
  path: string,
  body?: Json,
  account: KibanaAccount = superuser,
): Promise<KibanaAnswer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      'kbn-xsrf': 'true',
      authorization: authorization(account),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answered(response);
}

/** Sends lines to `_import` as a file. */
export async function importFile(
  { url }: { readonly url: string },
  lines: readonly (JsonObject | string)[],
  { query = '', space = '', name = 'import.ndjson' }: { query?: string; space?: string; name?: string } = {},
): Promise<KibanaAnswer> {
  const form = new FormData();
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  form.append('file', new Blob([text], { type: 'application/ndjson' }), name);
  const response = await fetch(`${url}${space}/api/detection_engine/rules/_import${query}`, {
    method: 'POST',
    headers: { 'kbn-xsrf': 'true', authorization: authorization(superuser) },
    body: form,
  });
  return answered(response);
}
