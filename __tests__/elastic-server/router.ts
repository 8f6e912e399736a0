import type { Route } from './exchange.ts';

/** Query parameters that every operation takes. */
const everywhere = ['pretty', 'human', 'error_trace', 'filter_path', 'format', 'timeout', 'master_timeout'];

const patterns = new Map<string, RegExp>();

function patternOf(template: string): RegExp {
  const text = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`);
  const pattern = patterns.get(template) ?? new RegExp(`^${text}$`);
  patterns.set(template, pattern);
  return pattern;
}

/** A route with the parts of the path, decoded. */
export interface Match<Kind> {
  readonly route: Kind;
  readonly params: Readonly<Record<string, string>>;
}

/** The first route that takes a request; undefined where none does. HEAD is taken as GET. */
export function matched<Kind extends Pick<Route, 'method' | 'template'>>(
  routes: readonly Kind[],
  method: string,
  path: string,
): Match<Kind> | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  for (const route of routes) {
    const match = route.method === asked ? patternOf(route.template).exec(path) : null;
    if (match === null) continue;
    const decoded = Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
    return { route, params: Object.fromEntries(decoded) };
  }
  return undefined;
}

/** Methods that other routes have for a path. */
export function allowedMethods(routes: readonly Pick<Route, 'method' | 'template'>[], path: string): string[] {
  return [...new Set(routes.filter(({ template }) => patternOf(template).test(path)).map(({ method }) => method))];
}

/** The first query parameter that a route does not know. */
export function unknownParameter(route: Route, query: URLSearchParams): string | undefined {
  const known = [...everywhere, ...(route.query ?? [])];
  return [...query.keys()].find((key) => !known.includes(key));
}
