import { isArray, member, type Value } from '../../domain/document.ts';
import type { Reference } from '../../domain/reference.ts';

/**
 * Aliases that a model declares under `metadata.aliases` (the server refuses `metadata.model_aliases` on create):
 * a pipeline may name one of them instead of the model's id. The id itself is defined by the file's role.
 */
export function modelReferences(value: Value, file: string): Reference[] {
  const aliases = member(member(value, 'metadata'), 'aliases');
  if (!isArray(aliases)) return [];
  return aliases.flatMap((alias, index) =>
    typeof alias === 'string'
      ? [
          {
            space: 'model' as const,
            id: alias,
            role: 'defines' as const,
            at: { file, pointer: `/metadata/aliases/${index}` },
            entryPoint: true as const,
          },
        ]
      : [],
  );
}
