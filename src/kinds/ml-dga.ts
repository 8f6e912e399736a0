import type { Kind } from '../domain/kind.ts';

/**
 * An Elastic DGA model with its scripts and ingest pipelines. Patterns and ids are those of the historic tool
 * (elastic.md §2.1 and §2.3); its published script files carry a second `dga_`, hence the aliases.
 */
export const mlDga: Kind = {
  id: 'ml-dga',
  family: 'ML-DGA',
  title: 'DGA model, scripts and ingest pipelines',
  unexpected: 'error',
  sharedCapture: true,
  adds: { 'ml_is_dga.malicious_prediction': 'long', 'ml_is_dga.malicious_probability': 'float' },
  beat: 'packetbeat',
  dataset: 'logs-network_traffic.dns',
  roles: [
    {
      id: 'model',
      pattern: 'dga_<id>_model.json',
      format: 'elastic-model',
      count: 'one',
      defines: [{ space: 'model', id: 'dga_<id>' }],
    },
    {
      id: 'ngrams-create',
      pattern: 'dga_<id>_ngrams_create.json',
      aliases: ['dga_<id>_dga_ngrams_create.json'],
      format: 'elastic-script',
      count: 'one',
      defines: [{ space: 'script', id: 'dga_ngrams_create' }],
    },
    {
      id: 'ngrams-transform-delete',
      pattern: 'dga_<id>_ngrams_transform_delete.json',
      aliases: ['dga_<id>_dga_ngrams_transform_delete.json'],
      format: 'elastic-script',
      count: 'one',
      defines: [{ space: 'script', id: 'dga_ngrams_transform_delete' }],
    },
    {
      id: 'pipeline-outer',
      pattern: 'dga_<id>_ingest_pipeline1.json',
      format: 'elastic-pipeline',
      count: 'one',
      defines: [{ space: 'pipeline', id: 'dns_enrich_pipeline', entryPoint: true }],
    },
    {
      id: 'pipeline-inference',
      pattern: 'dga_<id>_ingest_pipeline2.json',
      format: 'elastic-pipeline',
      count: 'one',
      defines: [{ space: 'pipeline', id: 'dns_dga_inference_enrich_pipeline' }],
    },
    { id: 'golden', pattern: '*_golden.jsonl', format: 'jsonl', count: 'any' },
    { id: 'readme', pattern: 'README.md', aliases: ['readme.md', 'Readme.md'], format: 'text', count: 'optional' },
  ],
};
