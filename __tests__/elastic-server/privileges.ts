/**
 * Which privileges grant an action, the least first, as refusals list them. From the documentation of Elasticsearch's
 * security privileges; the first pattern that fits counts.
 */
const cluster: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^cluster:monitor\/xpack\/ml\//, ['monitor_ml', 'manage_ml', 'monitor', 'manage', 'all']],
  [/^cluster:admin\/xpack\/ml\//, ['manage_ml', 'manage', 'all']],
  [/^cluster:monitor\/transform\//, ['monitor_transform', 'manage_transform', 'monitor', 'manage', 'all']],
  [/^cluster:admin\/transform\//, ['manage_transform', 'manage', 'all']],
  [/^cluster:admin\/xpack\/enrich\//, ['manage_enrich', 'manage', 'all']],
  [/^cluster:monitor\//, ['monitor', 'manage', 'all']],
  [
    /^cluster:admin\/ingest\/pipeline\/(get|simulate)$/,
    ['read_pipeline', 'manage_ingest_pipelines', 'manage_pipeline', 'manage', 'all'],
  ],
  [/^cluster:admin\/ingest\/pipeline\//, ['manage_ingest_pipelines', 'manage_pipeline', 'manage', 'all']],
  [/^cluster:admin\/(component_template|indices\/index_template)\//, ['manage_index_templates', 'manage', 'all']],
  [/^cluster:admin\//, ['manage', 'all']],
];

const index: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^indices:admin\/create$/, ['create_index', 'manage', 'all']],
  [/^indices:admin\/delete$/, ['delete_index', 'manage', 'all']],
  [/^indices:admin\/refresh$/, ['maintenance', 'manage', 'all']],
  [/^indices:(monitor\/settings|admin\/(get|mappings\/get|settings\/get))/, ['view_index_metadata', 'manage', 'all']],
  [/^indices:data\/read\//, ['read', 'all']],
  [/^indices:data\/write\/delete$/, ['delete', 'write', 'all']],
  [/^indices:data\/write\/index:op_type\/create$/, ['create_doc', 'create', 'index', 'write', 'all']],
  [/^indices:data\/write\//, ['index', 'write', 'all']],
  [/^indices:/, ['manage', 'all']],
];

/** Whether an action is about indices. */
export function isIndexAction(action: string): boolean {
  return action.startsWith('indices:');
}

/** Cluster privileges that grant an action. */
export function grantingCluster(action: string): readonly string[] {
  return cluster.find(([pattern]) => pattern.test(action))?.[1] ?? ['all'];
}

/** Index privileges that grant an action. */
export function grantingIndex(action: string): readonly string[] {
  return index.find(([pattern]) => pattern.test(action))?.[1] ?? ['all'];
}

const includes: Readonly<Record<string, readonly string[]>> = {
  manage_ml: ['monitor_ml'],
  manage_transform: ['monitor_transform'],
  monitor: ['monitor_ml'],
  manage: [
    'monitor',
    'monitor_ml',
    'manage_ml',
    'monitor_transform',
    'manage_transform',
    'manage_enrich',
    'manage_pipeline',
    'manage_ingest_pipelines',
    'read_pipeline',
    'manage_index_templates',
  ],
  manage_pipeline: ['manage_ingest_pipelines', 'read_pipeline'],
  manage_ingest_pipelines: ['manage_pipeline', 'read_pipeline'],
  write: ['index', 'create', 'create_doc', 'delete'],
};

const includesOnIndex: Readonly<Record<string, readonly string[]>> = {
  ...includes,
  manage: ['create_index', 'delete_index', 'maintenance', 'view_index_metadata', 'monitor'],
};

/** Whether privileges that are held cover one that is asked about. */
export function covers(held: readonly string[], asked: string, about: 'cluster' | 'index'): boolean {
  const table = about === 'cluster' ? includes : includesOnIndex;
  return held.some((one) => one === 'all' || one === asked || table[one]?.includes(asked) === true);
}
