import { parse } from 'smol-toml';
import { expect, it } from 'vitest';
import { tomlText } from '../../../src/formats/toml/write.ts';

it('writes what is read back the same, but for null, which TOML has not', () => {
  const rule = {
    name: 'a "b"\n\\c',
    tags: ['x', null, 'é'],
    threat: [{ id: 'T1', none: null, deep: { n: 1.5 } }],
    on: true,
  };
  const table = { metadata: {}, rule: { ...rule, gone: null } };
  expect(parse(tomlText(table))).toEqual({
    metadata: {},
    rule: { name: 'a "b"\n\\c', tags: ['x', 'é'], threat: [{ id: 'T1', deep: { n: 1.5 } }], on: true },
  });
});
