import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { examine } from '../../../src/checks/examine.ts';
import { checks } from '../../../src/checks/registry.ts';
import { emptyHistory } from '../../../src/domain/history.ts';
import { defaultLimits as limits } from '../../../src/domain/limits.ts';
import { readBundle } from '../../../src/formats/bundle/read.ts';
import { builtInKinds, kindOfName } from '../../../src/kinds/kinds.ts';

const name = 'ML-DGA-20261122-2';
const file = 'dga_1000_1.0_model.json';
const scratch = mkdtempSync(join(tmpdir(), 'mldr-compressed-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What is found in the example when its definition, changed, is written compressed. */
async function foundWith(change: (text: string) => string): Promise<string[]> {
  const folder = join(scratch, name);
  cpSync(join('examples', name), folder, { recursive: true });
  const { definition, ...rest } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const compressed_definition = gzipSync(change(JSON.stringify(definition))).toString('base64');
  writeFileSync(join(folder, file), JSON.stringify({ ...rest, compressed_definition }));
  const bundle = await readBundle(folder, { limits, kindOf: (base) => kindOfName(base, builtInKinds) });
  const context = { bundle, limits, history: emptyHistory('dir:releases'), now: new Date('2026-11-22T12:00:00Z') };
  const { diagnostics } = await examine(checks, context, []);
  const text = readFileSync(join(folder, file), 'utf8');
  return diagnostics
    .filter(({ severity }) => severity !== 'note')
    .map(({ check, line, column, endColumn, message }) => {
      const pointed = text.slice((column ?? 0) - 1, (endColumn ?? 0) - 1);
      return `${check} line ${line}, ${pointed === `"${compressed_definition}"` ? 'the text' : pointed}: ${message}`;
    });
}

test('a compressed definition that is whole gives nothing', async () => {
  expect(await foundWith((text) => text)).toEqual([]);
});

test('a defect inside is told at the text, with the way to it', async () => {
  expect(await foundWith((text) => text.replace('"left_child":1,', '"left_child":99,'))).toEqual([
    'tree-child-out-of-range line 1, the text: Node 0 has the number 99 for its `left_child`; the tree has 15 nodes, ' +
      '0 to 14. (`compressed_definition → /trained_model/ensemble/trained_models/0/tree/tree_structure/0/left_child`)',
  ]);
});

test('a definition that cannot be opened is told by the reader alone', async () => {
  expect((await foundWith((text) => text.slice(0, -1))).map((each) => each.slice(0, 35))).toEqual([
    'model-definition-unreadable line 1,',
  ]);
});
