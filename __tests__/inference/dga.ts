import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, Entry } from '../../src/domain/bundle.ts';
import type { Value } from '../../src/domain/document.ts';
import type { GoldenFile } from '../../src/domain/golden.ts';
import { defaultLimits } from '../../src/domain/limits.ts';
import { readBundle } from '../../src/formats/bundle/read.ts';
import { readGoldenFile } from '../../src/formats/golden.ts';
import { mlDga } from '../../src/kinds/ml-dga.ts';

const folder = 'examples/ML-DGA-20261122-2';
const path = 'dga_1000_1.0_reserved_golden.jsonl';

/** The example bundle. */
export function dgaBundle(): Promise<Bundle> {
  return readBundle(folder, { limits: defaultLimits, kindOf: () => mlDga });
}

/** A bundle with another value in the place of a document. */
export function withDocument(bundle: Bundle, role: string, value: Value): Bundle {
  const changed = (entry: Entry): Entry => {
    if (entry.role !== role || entry.document === undefined) return entry;
    return { ...entry, document: { ...entry.document, value } };
  };
  return { ...bundle, entries: bundle.entries.map(changed) };
}

/** The document of a role, to change a copy of it. */
export function documentOf(bundle: Bundle, role: string): Value {
  return structuredClone(bundle.entries.find((entry) => entry.role === role)?.document?.value ?? null);
}

/** The 240 rows of the small model. */
export function dgaRows(): Promise<GoldenFile> {
  return rowsOf(readFileSync(join('__tests__/fixtures/golden', path), 'utf8'));
}

/** Rows of a text. */
export function rowsOf(text: string): Promise<GoldenFile> {
  const lines = text.split('\n');
  return readGoldenFile(path, '0'.repeat(64), (number) => lines[number - 1]);
}
