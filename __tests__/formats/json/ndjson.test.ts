import { expect, it } from 'vitest';
import { readNdjson } from '../../../src/formats/json/ndjson.ts';

const read = (text: string | Buffer, depth = 10) => readNdjson(Buffer.from(text), 'f.ndjson', { depth });

it('reads a document a line, passes over empty lines, and knows the place of anything', async () => {
  const { document, findings, line } = await read('{"a":1}\r\n\n  \n{"b": {"c":"é"}}\n{"d/e":[1,2]}');
  expect(findings).toEqual([]);
  expect(document?.value).toEqual([{ a: 1 }, { b: { c: 'é' } }, { 'd/e': [1, 2] }]);
  expect(await document?.locate('/1/b/c')).toEqual({ line: 4, column: 12, endLine: 4, endColumn: 15 });
  expect(await document?.locate('/2/d~1e/1')).toMatchObject({ line: 5, column: 11 });
  expect(await document?.locate('/2/d~1e', 'key')).toMatchObject({ line: 5, column: 2 });
  expect(await document?.locate('')).toMatchObject({ line: 1, column: 1 });
  expect(await document?.locate('/3')).toBeUndefined();
  expect([line(4), line(2), line(9)]).toEqual(['{"b": {"c":"é"}}', undefined, undefined]);
});

it.each([
  ['{"a":1}\n{"b":}\n', 'json-syntax', 2, 6],
  ['{"a":1}\n\n{"b":1,"b":2}', 'json-duplicate-key', 3, 8],
  ['{"a":1}\n{"__proto__":1}', 'json-forbidden-key', 2, 2],
  ['{"a":1} {"b":2}', 'json-syntax', 1, 9],
  ['{"a":1}\n{"b":[[[[1]]]]}', 'json-too-deep', 2, 9],
])('refuses %j: %s at %i:%i, and gives no document', async (text, check, line, column) => {
  const { document, findings } = await read(text, 4);
  expect(document).toBeUndefined();
  expect(findings.map(({ check: id, at }) => [id, at?.span?.line, at?.span?.column])).toContainEqual([
    check,
    line,
    column,
  ]);
});

it('gives the document where only a number changes when it is read, and says so', async () => {
  const { document, findings } = await read('{"a":1}\n{"b":12345678901234567890}\n');
  expect(document?.value).toHaveLength(2);
  expect(findings).toMatchObject([{ check: 'json-number-range', at: { span: { line: 2, column: 6 } } }]);
});

it('has no document without lines, and stops at what is no text', async () => {
  expect((await read('')).document?.value).toEqual([]);
  const { document, findings } = await read(Buffer.from('{"a":1}\n{"b":"\xff"}\n{"c":', 'latin1'));
  expect(document).toBeUndefined();
  expect(findings[0]).toMatchObject({ check: 'json-encoding', at: { span: { line: 2 } } });
  expect((await read(Buffer.from([0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0, 0x2e]))).findings).toHaveLength(1);
});
