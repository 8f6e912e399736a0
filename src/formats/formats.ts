import type { Value } from '../domain/document.ts';
import type { FormatId } from '../domain/kind.ts';
import type { Reference, Space } from '../domain/reference.ts';
import type { ScriptText } from '../domain/script.ts';
import { enrichPolicyReferences } from './references/enrich-policy.ts';
import { jobReferences } from './references/job.ts';
import { modelReferences } from './references/model.ts';
import { pipelineReferences } from './references/pipeline.ts';
import { ruleReferences } from './references/rule.ts';
import { savedObjectReferences } from './references/saved-object.ts';
import { transformReferences } from './references/transform.ts';
import { pipelineScripts, storedScripts } from './scripts/ingest.ts';
import { savedObjectScripts } from './scripts/saved-object.ts';
import { searchScripts } from './scripts/search.ts';

/** How the files of a role are read, and which references they hold. */
export interface Format {
  readonly syntax: 'json' | 'ndjson' | 'toml' | 'text' | 'none';
  /** Trained models nest deeper than other documents, and their historic hash is wanted. */
  readonly model?: true;
  /** Spaces in which a file of this format may define ids by its content. */
  readonly defines: readonly Space[];
  /** Spaces in which it may use ids. */
  readonly uses: readonly Space[];
  references?(value: Value, file: string): Reference[];
  /** The programs that it carries. */
  scripts?(value: Value): ScriptText[];
}

/** Every format: a new family adds a line here, no check. */
export const formats: Readonly<Record<FormatId, Format>> = {
  'elastic-model': { syntax: 'json', model: true, defines: [], uses: [], references: modelReferences },
  'elastic-script': { syntax: 'json', defines: [], uses: [], scripts: storedScripts },
  'elastic-pipeline': {
    syntax: 'json',
    defines: [],
    uses: ['script', 'pipeline', 'model', 'enrich-policy'],
    references: pipelineReferences,
    scripts: pipelineScripts,
  },
  'elastic-job': {
    syntax: 'json',
    defines: ['job', 'datafeed'],
    uses: ['job'],
    references: jobReferences,
    scripts: searchScripts,
  },
  'elastic-rule': {
    syntax: 'toml',
    defines: ['rule', 'rule-id'],
    uses: ['job'],
    references: ruleReferences,
    scripts: searchScripts,
  },
  'elastic-transform': {
    syntax: 'json',
    // Indices live on the target: which of them a transform fills counts for the order only.
    defines: [],
    uses: ['script', 'pipeline', 'index'],
    references: transformReferences,
    scripts: searchScripts,
  },
  'elastic-enrich-policy': {
    syntax: 'json',
    defines: [],
    uses: ['index'],
    references: enrichPolicyReferences,
    scripts: searchScripts,
  },
  'elastic-saved-objects': {
    syntax: 'ndjson',
    defines: ['saved-object'],
    uses: ['saved-object'],
    references: savedObjectReferences,
    scripts: savedObjectScripts,
  },
  json: { syntax: 'json', defines: [], uses: [] },
  toml: { syntax: 'toml', defines: [], uses: [] },
  jsonl: { syntax: 'text', defines: [], uses: [] },
  text: { syntax: 'text', defines: [], uses: [] },
  opaque: { syntax: 'none', defines: [], uses: [] },
};
