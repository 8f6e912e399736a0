import type { RepositoryState } from './state.ts';
import type { AssetView, Hosts } from './wire.ts';

/** A request as a route sees it. */
export interface Exchange {
  readonly repository: RepositoryState;
  readonly hosts: Hosts;
  readonly view: AssetView;
  readonly access: 'write' | 'read';
  /** Parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly accept: string;
  /** JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Body of an upload. */
  readonly upload: Upload | undefined;
  /** References of one page; undefined: all of them. */
  readonly refsAtOnce: number | undefined;
  readonly now: () => Date;
}

/** What arrived of an upload. */
export interface Upload {
  readonly size: number;
  readonly sha256: string;
  readonly bytes: Buffer | undefined;
  readonly contentType: string;
}

/** What a route answers. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the API. */
export interface Route {
  readonly method: string;
  /** As GitHub's description names it; a parameter with a `+` takes slashes. */
  readonly template: string;
  readonly answer: (exchange: Exchange) => Reply;
}

const documentation = 'https://docs.github.com/rest';

/** An error as GitHub words it. */
export function refused(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body: { message, documentation_url: documentation, status: String(status) }, headers };
}

/** A 422 that names fields. */
export function invalid(
  resource: string,
  errors: readonly { readonly field?: string; readonly code: string; readonly message?: string }[],
): Reply {
  const body = {
    message: 'Validation Failed',
    documentation_url: documentation,
    errors: errors.map((error) => ({ resource, ...error })),
  };
  return { status: 422, body };
}

/** There is no such thing, or the token must not know of it. */
export const notFound = (): Reply => refused(404, 'Not Found');

/** A moment as GitHub writes it: whole seconds. */
export function moment(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}

/** One page of a list, with its `Link` header. */
export function page(
  items: readonly unknown[],
  { query, hosts, params }: Exchange,
  tail: string,
  size?: number,
): Reply {
  const length = size ?? Math.min(100, Number(query.get('per_page') ?? 30));
  const number = Number(query.get('page') ?? 1);
  const last = Math.ceil(items.length / length);
  const links: string[] = [];
  const to = (target: number, rel: string): void => {
    const next = new URLSearchParams(query);
    next.set('page', String(target));
    links.push(`<${hosts.api}/repos/${params['owner']}/${params['repo']}/${tail}?${next}>; rel="${rel}"`);
  };
  if (number < last) {
    to(number + 1, 'next');
    to(last, 'last');
  }
  const body = items.slice((number - 1) * length, number * length);
  return { status: 200, body, ...(links.length === 0 ? {} : { headers: { link: links.join(', ') } }) };
}
