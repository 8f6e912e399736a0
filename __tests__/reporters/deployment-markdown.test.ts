import { expect, it } from 'vitest';
import type { DeploymentReport } from '../../src/domain/deployment-report.ts';
import { summary } from '../../src/reporters/summary.ts';
import { pieces } from './hostile.ts';
import { report, subject } from './samples.ts';

const planned: DeploymentReport = {
  action: 'deploy',
  target: 'https://es.example:9243',
  named: 'prod-eu',
  server: 'Elasticsearch 8.17.2, platinum',
  before: 'ML-DGA-20261122-2',
  release: 'ML-DGA-20261123-3',
  prefix: '',
  state: 'planned',
  changes: [
    { do: 'keep', object: { type: 'script', id: 'dga_ngrams_transform_delete' } },
    { do: 'create', object: { type: 'model', id: 'dga_1001_1.0' }, remark: '1.99 MB' },
    { do: 'update', object: { type: 'pipeline', id: 'dns_enrich_pipeline' }, remark: 'the switch: 1 line differs' },
    { do: 'remove', object: { type: 'model', id: 'dga_1000_1.0' }, remark: 'after the switch' },
  ],
  attention: [
    { object: { type: 'script', id: 'dga_ngrams_create' }, what: 'changed', text: 'changed by hand: kept, and saved' },
  ],
  requests: 12,
};

/** Markup that we write ourselves. */
const ours = '<code> </code> <wbr> <span> </span> <details> </details> <summary> </summary>'
  .split(' ')
  .concat('<!-- -->');

function shown(deployment: DeploymentReport, command = 'deploy'): string {
  return summary(report([subject()], { command, deployment, text: ['prod-eu · …'] }));
}

it('a row for each object says what becomes of it, and what needs a look comes first', () => {
  const text = shown(planned);
  expect(text).toContain('can be deployed: nothing was written.');
  expect(text).toContain('· ML-DGA-20261122-2 → ML-DGA-20261123-3\n');
  expect(text).toContain('| model | dga&#95;1001&#95;1.0 | **add** | 1.99 MB |');
  expect(text).toContain('| pipeline | dns&#95;enrich&#95;pipeline | **change** | the switch&#58; 1 line differs |');
  expect(text).toContain('| model | dga&#95;1000&#95;1.0 | **remove** | after the switch |');
  expect(text).toContain('| stays |  |');
  expect(text).toContain('1 to add, 1 to change, 1 to remove, 1 unchanged, 1 attention · nothing was written');
  expect(text.indexOf('changed by hand')).toBeLessThan(text.indexOf('**add**'));
});

it('what was done is told as done', () => {
  const text = shown({ ...planned, state: 'done', number: 7 }, 'apply');
  expect(text).toContain('### What changed');
  expect(text).toContain('**added**');
  expect(text).not.toContain('**add**');
  expect(text).toContain('deployment 7, 12 requests, read back');
});

it('nothing of a target gets out of its cell', () => {
  const rows = (deployment: DeploymentReport): string[] =>
    shown(deployment)
      .split('\n')
      .filter((line) => line.startsWith('| ') && line.includes('**add**'));
  for (const piece of pieces) {
    const id = `a${piece}b`;
    const hostile: DeploymentReport = {
      ...planned,
      target: id,
      server: id,
      named: id,
      before: id,
      changes: [{ do: 'create', object: { type: 'model', id }, remark: id }],
      attention: [{ object: { type: 'model', id }, what: 'foreign', text: id }],
    };
    const [row = '', ...more] = rows(hostile);
    expect(more, piece).toEqual([]);
    expect(row.split('|').length, piece).toBe(6);
    const text = shown(hostile);
    const tags = text.match(/<[^>]*>/g) ?? [];
    expect(
      tags.filter((tag) => !ours.includes(tag)),
      piece,
    ).toEqual([]);
    expect(text, piece).not.toMatch(/^\s*::|[\p{Cf}]/mu);
  }
});
