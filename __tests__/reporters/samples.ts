import type { Diagnostic } from '../../src/domain/diagnostic.ts';
import type { PublishPlan } from '../../src/domain/plan.ts';
import type { Reference } from '../../src/domain/reference.ts';
import type { Excerpt, Report, SubjectReport } from '../../src/domain/report.ts';
import { countSeverities } from '../../src/reporters/measure.ts';

const sha = (digit: string) => `${digit}6f4${'0'.repeat(56)}9cb1`;
const page = (check: string) => `https://docs.example/checks/${check}.md`;

/** A diagnostic with the fields that a test does not care about filled in. */
export function diagnostic(fields: Partial<Diagnostic> = {}): Diagnostic {
  const check = fields.check ?? 'reference-unresolved';
  return { check, severity: 'error', message: 'Message.', help: 'Help.', url: page(check), ...fields };
}

/** A subject of which nothing is to be said, changed by the fields given. */
export function subject(fields: Partial<SubjectReport> = {}): SubjectReport {
  const diagnostics = fields.diagnostics ?? [];
  const worst = countSeverities(diagnostics);
  return {
    name: 'ML-DGA-20261122-2',
    kind: 'ml-dga',
    path: 'bundles/ML-DGA-20261122-2',
    source: 'folder',
    sha256: sha('a'),
    verdict: worst.error > 0 ? 'reject' : worst.warning > 0 ? 'warn' : 'accept',
    entries: [
      { path: 'dga_1000_1.0_model.json', role: 'model', size: 49_912, sha256: sha('7') },
      { path: 'dga_1000_1.0_ingest_pipeline1.json', role: 'pipeline1', size: 1_204, sha256: sha('1') },
      { path: 'dga_1000_1.0_ingest_pipeline2.json', role: 'pipeline2', size: 1_380, sha256: sha('2') },
      { path: 'dga_1000_1.0_ngrams_create.json', role: 'script', size: 604, sha256: sha('3') },
      { path: 'dga_1000_1.0_ngrams_transform_delete.json', role: 'script', size: 300, sha256: sha('4') },
    ],
    diagnostics: [],
    skipped: [],
    checks: 26,
    weakened: [],
    references: [],
    excerpts: new Map(),
    history: 'dir:releases (11 releases)',
    facts: [],
    ...fields,
  };
}

/** A report over subjects, changed by the fields given. */
export function report(subjects: readonly SubjectReport[], fields: Partial<Report> = {}): Report {
  const counts = countSeverities(subjects.flatMap(({ diagnostics }) => diagnostics));
  return {
    tool: { name: 'ml-detection-release', version: '0.1.0' },
    command: 'validate',
    outcome: counts.error > 0 ? 'failed' : 'passed',
    subjects,
    counts,
    duration: 0.14,
    ...fields,
  };
}

const pipeline2 = 'dga_1000_1.0_ingest_pipeline2.json';
const model = 'dga_1000_1.0_model.json';
const create = 'dga_1000_1.0_ngrams_create.json';

const unresolved = diagnostic({
  message: 'Script `dga_ngram_create` is used here, and nothing in the bundle defines it.',
  help: `Did you mean \`dga_ngrams_create\` (${create})?`,
  file: pipeline2,
  line: 14,
  column: 15,
  endLine: 14,
  endColumn: 33,
});

const reused = diagnostic({
  check: 'model-hash-reused',
  severity: 'warning',
  message: "The model's bytes are those of dga_900_1.0_model.json in ML-DGA-20260901-1 (sha256 76f4…9cb1).",
  help: 'If it is meant to be the same model, keep its name; if not, check the export.',
  file: model,
});

const unused = diagnostic({
  check: 'definition-unused',
  severity: 'note',
  message: 'Script `dga_ngrams_create` is defined here, and nothing in the bundle uses it.',
  help: 'Remove it, or name it where it is meant to be used.',
  file: create,
  line: 1,
  column: 1,
  endLine: 9,
  endColumn: 2,
});

const excerpt: Excerpt = {
  lines: [
    { number: 13, text: '        "script": {' },
    { number: 14, text: '        "id": "dga_ngram_create",' },
  ],
  underline: { start: 14, length: 18 },
};

const references: Reference[] = [
  { space: 'model', id: 'dga_1000_1.0', role: 'defines', at: { file: model, pointer: '/model_id' } },
  { space: 'pipeline', id: 'dns_enrich_pipeline', role: 'defines', at: { file: 'dga_1000_1.0_ingest_pipeline1.json' } },
  {
    space: 'pipeline',
    id: 'dns_dga_inference_enrich_pipeline',
    role: 'uses',
    at: { file: 'dga_1000_1.0_ingest_pipeline1.json', pointer: '/processors/0/pipeline/name' },
  },
  { space: 'pipeline', id: 'dns_dga_inference_enrich_pipeline', role: 'defines', at: { file: pipeline2 } },
  {
    space: 'script',
    id: 'dga_ngram_create',
    role: 'uses',
    at: { file: pipeline2, pointer: '/processors/0/script/id' },
  },
  { space: 'model', id: 'dga_1000_1.0', role: 'uses', at: { file: pipeline2 } },
  { space: 'script', id: 'dga_ngrams_create', role: 'defines', at: { file: create } },
];

const assets = [
  { name: 'ML-DGA-20261122-2.zip', size: 18_912, sha256: sha('5') },
  { name: 'SHA256SUMS', size: 214, sha256: sha('6') },
  { name: 'index.json', size: 1_134, sha256: sha('8') },
  { name: 'manifest-ML-DGA-20261122-2.json', size: 2_311, sha256: sha('9') },
];

export const plan: PublishPlan = {
  version: 1,
  store: 'dir:releases',
  release: 'ML-DGA-20261122-2',
  operations: [
    { do: 'claim', name: 'ML-DGA-20261122-2', requires: { absent: true } },
    ...assets.map((asset) => ({ do: 'put' as const, asset, requires: { absent: true as const } })),
    { do: 'commit', name: 'ML-DGA-20261122-2', requires: { assets } },
  ],
};

const notes = '**Model** `dga_1000_1.0`\n\n- sha256 76f4…9cb1\n- 2026-11-22';

/** The broken bundle of the look: an error with an excerpt, a warning, a note, two skipped checks, a setting. */
export const broken = report(
  [
    subject({
      diagnostics: [unresolved, reused, unused],
      skipped: [
        { check: 'pipeline-simulate', reason: 'no stack given' },
        { check: 'golden-via-stack', reason: 'no stack given' },
      ],
      weakened: ['release-number-gap: warning → note (renumbered after the move, until 2027-01-31)'],
      references,
      excerpts: new Map([[unresolved, excerpt]]),
      plan,
      notes,
    }),
  ],
  { repeat: 'mldr validate bundles/ML-DGA-20261122-2' },
);

/** A bundle of which nothing is to be said. */
export const clean = report([subject({ plan, notes })]);

const release = {
  name: 'ML-DGA-20261122-2',
  state: 'published' as const,
  url: 'dir:releases/ML-DGA-20261122-2',
  assets,
  models: [{ id: 'dga_1000_1.0', sha256: sha('7') }],
};

/** A release that was published; with another state, one that was not. */
export function released(state: 'published' | 'unchanged' | 'planned' = 'published'): Report {
  const planned = state === 'unchanged' ? { ...plan, operations: [] } : plan;
  const fact = { section: 'counts', title: 'What it holds', data: { model: 1 }, markdown: '1 model, 2 pipelines' };
  return report([subject({ plan: planned, notes, release: { ...release, state }, facts: [fact] })], {
    command: 'release',
    store: 'dir:releases',
  });
}

/** The answer of a command that has no subject. */
export const listed = report([], {
  command: 'list',
  store: 'dir:releases',
  text: ['ML-DGA-20260901-1  5 files  dga_900_1.0', 'ML-DGA-20261122-2  5 files  dga_1000_1.0'],
  result: { releases: ['ML-DGA-20260901-1', 'ML-DGA-20261122-2'] },
});

/** A bundle read from a zip, and a single file that was scanned. */
export const packed = report([
  subject({ path: 'in/ML-DGA-20261122-2.zip', source: 'zip', diagnostics: [unresolved] }),
  bare({
    name: 'job.json',
    path: 'in/job.json',
    source: 'file',
    entries: [{ path: 'job.json', size: 120, sha256: sha('b') }],
    diagnostics: [diagnostic({ check: 'job-name-invalid', file: 'job.json', line: 2, column: 11 })],
  }),
]);

/** A subject without kind, history and digest, as `scan` makes them. */
function bare(fields: Partial<SubjectReport>): SubjectReport {
  const { kind, history, sha256, ...rest } = subject(fields);
  return rest;
}
