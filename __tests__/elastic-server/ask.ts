import type { Account } from './access.ts';
import { superuser } from './access.ts';
import type { Json } from './json.ts';

/** An answer as tests look at it. */
export interface Answer {
  readonly status: number;
  /** JSON where it is some, a text where not, undefined where there is none. */
  readonly body: Json | undefined;
  readonly headers: Headers;
}

/** How an account shows who it is. */
export function authorization({ name, password, apiKey }: Account): string {
  return apiKey === undefined ? `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` : `ApiKey ${apiKey}`;
}

/** Asks a server by plain `fetch`, as `superuser` where nobody else is named. */
export async function ask(
  { url }: { readonly url: string },
  method: string,
  path: string,
  body?: Json,
  account: Account | undefined = superuser,
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(account === undefined ? {} : { authorization: authorization(account) }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: parsed(text), headers: response.headers };
}

function parsed(text: string): Json | undefined {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
