import type { Kind } from '../domain/kind.ts';

/** Detection rules and the jobs they rest on (elastic.md §4.3, §7.3, §7.4). */
export const mlExperimentalDetections: Kind = {
  id: 'ml-experimental-detections',
  family: 'ML-experimental-detections',
  title: 'Detection rules and machine-learning jobs',
  unexpected: 'warning',
  roles: [
    { id: 'rule', pattern: '*.toml', format: 'elastic-rule', count: 'any' },
    { id: 'job', pattern: '*.json', format: 'elastic-job', count: 'any' },
    { id: 'readme', pattern: 'README.md', aliases: ['readme.md', 'Readme.md'], format: 'text', count: 'optional' },
  ],
};
