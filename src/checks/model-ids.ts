import type { Bundle } from '../domain/bundle.ts';
import { definitions } from '../domain/reference.ts';

/** The ids that a file's name gives its model; those that its content defines (aliases) stand at a pointer. */
export function modelIdsOf({ graph }: Bundle, file: string): string[] {
  return definitions(graph.references, 'model').flatMap(({ id, at }) =>
    at.file === file && at.pointer === undefined ? [id] : [],
  );
}
