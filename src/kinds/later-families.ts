import type { Kind, Role } from '../domain/kind.ts';

/** What tells one of the later families from the others. */
interface Family {
  readonly id: string;
  readonly family: string;
  readonly title: string;
  /** Roles of which a release without any file would do nothing. */
  readonly needs: readonly ('model' | 'transform')[];
}

const families: readonly Family[] = [
  {
    id: 'ml-problemchild',
    family: 'ML-ProblemChild',
    title: 'ProblemChild model with its scripts and ingest pipelines',
    needs: ['model'],
  },
  {
    id: 'ml-urlspoof',
    family: 'ML-URLSpoof',
    title: 'URL spoofing model with its enrich policy, scripts and ingest pipelines',
    needs: ['model'],
  },
  {
    id: 'ml-beaconing',
    family: 'ML-Beaconing',
    title: 'Beaconing transform with its scripts, ingest pipeline and dashboards',
    needs: ['transform'],
  },
  {
    id: 'ml-host-risk-score',
    family: 'ML-HostRiskScore',
    title: 'Host risk score: transforms, scripts, ingest pipeline and dashboards',
    needs: ['transform'],
  },
  {
    id: 'ml-user-risk-score',
    family: 'ML-UserRiskScore',
    title: 'User risk score: transforms, scripts, ingest pipeline and dashboards',
    needs: ['transform'],
  },
];

/**
 * The layout that all families after the first two have (elastic.md §2.5): the last word of a file's stem is its role,
 * and the stem its id on the stack; a model's id has no `_model` behind it. A pipeline is an entry point, since data may
 * be sent to any; what another pipeline of the bundle calls is one of its parts.
 */
function layout(needs: Family['needs']): Role[] {
  const count = (role: Family['needs'][number]) => (needs.includes(role) ? 'some' : 'any');
  return [
    {
      id: 'model',
      pattern: '<id>_model.json',
      format: 'elastic-model',
      count: count('model'),
      defines: [{ space: 'model', id: '<id>' }],
    },
    {
      id: 'script',
      pattern: '*_script.json',
      format: 'elastic-script',
      count: 'any',
      defines: [{ space: 'script', id: '<stem>' }],
    },
    {
      id: 'enrich-policy',
      pattern: '*_policy.json',
      format: 'elastic-enrich-policy',
      count: 'any',
      defines: [{ space: 'enrich-policy', id: '<stem>' }],
    },
    {
      id: 'pipeline',
      pattern: '*_pipeline.json',
      format: 'elastic-pipeline',
      count: 'any',
      defines: [{ space: 'pipeline', id: '<stem>', entryPoint: true }],
    },
    {
      id: 'transform',
      pattern: '*_transform.json',
      format: 'elastic-transform',
      count: count('transform'),
      defines: [{ space: 'transform', id: '<stem>', entryPoint: true }],
    },
    { id: 'job', pattern: '*_job.json', aliases: ['*_datafeed.json'], format: 'elastic-job', count: 'any' },
    { id: 'rule', pattern: '*.toml', format: 'elastic-rule', count: 'any' },
    { id: 'saved-objects', pattern: '*.ndjson', format: 'elastic-saved-objects', count: 'any' },
    { id: 'golden', pattern: '*_golden.jsonl', format: 'jsonl', count: 'any' },
    { id: 'blocklist', pattern: '*_blocklist.json', format: 'json', count: 'any' },
    { id: 'readme', pattern: 'README.md', aliases: ['readme.md', 'Readme.md'], format: 'text', count: 'optional' },
  ];
}

/** `ML-ProblemChild`, `ML-URLSpoof`, `ML-Beaconing`, `ML-HostRiskScore` and `ML-UserRiskScore`. */
export const laterFamilies: readonly Kind[] = families.map(({ needs, ...family }) => ({
  ...family,
  unexpected: 'warning',
  roles: layout(needs),
}));
