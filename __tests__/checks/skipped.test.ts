import { expect, test } from 'vitest';
import type { Check } from '../../src/checks/check.ts';
import { referenceUnresolved } from '../../src/checks/references/reference-unresolved.ts';
import { examineExample } from './example.ts';
import { parsePage } from './page.ts';

/** Examines the bundle that a few lines of a page describe. */
async function examined(lines: readonly string[], check: Check = referenceUnresolved) {
  const [example] = parsePage(['# a-page · error', '', 'Title.', '## Fails', ...lines].join('\n')).examples;
  if (example === undefined) throw new Error('There is no example.');
  return examineExample(example, check);
}

const detections = '- Base: `examples/ML-experimental-detections-20261122-1`';

test('uses of what a missing file would define are not called unresolved: the reason is given', async () => {
  const { diagnostics, skipped } = await examined(['- Remove: `dga_1000_1.0_ngrams_transform_delete.json`']);
  expect(diagnostics.map(({ check }) => check)).toEqual(['file-missing']);
  const reason = 'no file plays the role `ngrams-transform-delete`, which belongs to the space script';
  expect(skipped).toContainEqual({ check: 'reference-unresolved', reason });
});

test('nor those of what an unreadable file would define; and other spaces are still looked at', async () => {
  const { diagnostics, skipped } = await examined([
    '- Replace: `dga_1000_1.0_model.json` `{"definition"` → `{"definition",`',
    '- Patch: `dga_1000_1.0_ingest_pipeline2.json` `/processors/0/script/id` = `"nowhere"`',
  ]);
  expect(diagnostics.map(({ check, file }) => `${check} ${file}`)).toEqual([
    'reference-unresolved dga_1000_1.0_ingest_pipeline2.json',
    'json-syntax dga_1000_1.0_model.json',
  ]);
  expect(skipped.map(({ reason }) => reason)).toContain('`dga_1000_1.0_model.json` cannot be read (json-syntax)');
});

test('a definition is not called unused while a file that could use it cannot be read', async () => {
  const { diagnostics, skipped } = await examined([
    '- Patch: `dga_1000_1.0_ingest_pipeline2.json` `/processors` = `[,]`',
  ]);
  expect(diagnostics.map(({ check }) => check)).toEqual(['json-syntax']);
  const reason = '`dga_1000_1.0_ingest_pipeline2.json` cannot be read (json-syntax)';
  expect(skipped).toContainEqual({ check: 'definition-unused', reason });
  // The model is known by its file name: only who uses it is not.
  expect(skipped).not.toContainEqual({ check: 'pipeline-unknown-model', reason });
});

test('a job that cannot be read may be the one a rule names', async () => {
  const { diagnostics, skipped } = await examined([
    detections,
    '- Patch: `experimental-high-sum-dga-probability.json` `/type` = `anomaly_detection`',
  ]);
  expect(diagnostics.map(({ check }) => check).filter((check) => !check.startsWith('definition-'))).toEqual([
    'json-syntax',
  ]);
  const reason = '`experimental-high-sum-dga-probability.json` cannot be read (json-syntax)';
  expect(skipped).toContainEqual({ check: 'reference-unresolved', reason });
});

test('a reason is given once for a check, however many ids hang on it', async () => {
  const { skipped } = await examined(['- Remove: `dga_1000_1.0_ngrams_create.json`']);
  const reasons = skipped.map(({ check, reason }) => `${check}: ${reason}`);
  expect(reasons).toEqual([...new Set(reasons)]);
});
