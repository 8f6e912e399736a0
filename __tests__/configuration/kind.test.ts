import { describe, expect, it } from 'vitest';
import { readKind } from '../../src/configuration/kind.ts';
import schema from '../../src/schemas/configuration.json' with { type: 'json' };

const role = schema.properties.kind.items.properties.role.items.properties;

// A word that the schema takes and the reader does not know would become another word without a sound.
describe('a kind of the configuration', () => {
  it.each(role.defines.items.properties.space.enum)('defines ids of the space %s', (space) => {
    const row = { id: 'model', pattern: '*.bin', format: 'opaque', defines: [{ space, id: '<stem>' }] };
    const kind = readKind({ id: 'own', family: 'ML-Own', role: [row] });
    expect('roles' in kind && kind.roles[0]?.defines).toEqual([{ space, id: '<stem>' }]);
  });

  it.each(role.format.enum)('reads files of the format %s', (format) => {
    const kind = readKind({ id: 'own', family: 'ML-Own', role: [{ id: 'model', pattern: '*.bin', format }] });
    expect('roles' in kind && kind.roles[0]?.format).toBe(format);
  });
});
