import { fits, isObject, type Json } from './json.ts';

/** What `filter_path` leaves of an answer: dotted paths, `*` for any key; lists are looked through. */
export function filtered(body: Json, patterns: string): Json {
  return (
    kept(
      body,
      patterns.split(',').map((pattern) => pattern.split('.')),
    ) ?? {}
  );
}

function kept(value: Json, paths: readonly (readonly string[])[]): Json | undefined {
  if (paths.some((path) => path.length === 0)) return value;
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).flatMap((item) => kept(item, paths) ?? []);
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return undefined;
  const rows = Object.entries(value).flatMap(([key, inner]) => {
    const below = paths.filter(([first = '']) => fits(key, first)).map(([, ...rest]) => rest);
    const left = below.length === 0 ? undefined : kept(inner, below);
    return left === undefined ? [] : [[key, left] as const];
  });
  return rows.length === 0 ? undefined : Object.fromEntries(rows);
}
