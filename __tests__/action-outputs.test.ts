import { describe, expect, it } from 'vitest';
import { actionOutputs, outputDescriptions } from '../src/action-outputs.ts';
import type { ReleaseResult, Report, SubjectReport } from '../src/domain/report.ts';
import { seededBytes } from './contracts/assets.ts';

const name = 'ML-DGA-20261122-2';
const sha256 = 'ab'.repeat(32);

function outputs(release: Partial<ReleaseResult>): Record<string, string> {
  const assets = [`${release.name ?? name}.zip`, `manifest-${release.name ?? name}.json`].map((asset) => ({
    name: asset,
    size: 1,
    sha256,
  }));
  const subject: SubjectReport = {
    name,
    path: name,
    verdict: 'accept',
    entries: [],
    diagnostics: [],
    skipped: [],
    checks: 1,
    weakened: [],
    references: [],
    excerpts: new Map(),
    facts: [],
    release: { name, state: 'published', assets, models: [], ...release },
  };
  const report: Report = {
    tool: { name: 'ml-detection-release', version: '0.0.0' },
    command: 'release',
    outcome: 'passed',
    subjects: [subject],
    counts: { error: 0, warning: 1, note: 2 },
    duration: 1,
  };
  return actionOutputs(report, '/runner/report.json');
}

describe('outputs', () => {
  it('have the names of action.yml, and nothing else', () => {
    expect(Object.keys(outputs({}))).toEqual(Object.keys(outputDescriptions));
  });

  it('tell of a release in a folder, and of one on GitHub', () => {
    expect(outputs({ url: `releases/${name}` })).toMatchObject({
      'release-name': name,
      'release-url': `releases/${name}`,
      'manifest-path': `releases/${name}/manifest-${name}.json`,
      'bundle-sha256': sha256,
      warnings: '1',
    });
    const url = `https://github.com/blue-team/detections/releases/tag/${name}`;
    expect(outputs({ url })).toMatchObject({ 'release-url': url, 'manifest-path': '' });
  });

  it.each([
    'releases/a\nEVIL=1',
    'releases/$(id)',
    'releases/`id`',
    'releases/"; id; "',
    "releases/'|id",
    'releases/a\u202eb',
    'releases/\0',
    `releases/${'x'.repeat(5000)}`,
  ])('are empty for the address %j', (url) => {
    expect(outputs({ url })).toMatchObject({ 'release-url': '', 'manifest-path': '' });
  });

  it.each(['ML-DGA', 'ML-DGA-20261122-2\nx', 'ML-DGA-20261122-2; id', '../ML-DGA-20261122-2'])(
    'are empty for a release named %j',
    (odd) => {
      expect(outputs({ name: odd, url: 'releases' })).toMatchObject({ 'release-name': '', 'manifest-path': '' });
    },
  );

  it('are one harmless line for any bytes', () => {
    for (let round = 0; round < 2000; round += 1) {
      const text = seededBytes(`output ${round}`, round % 40).toString('latin1');
      for (const value of Object.values(outputs({ name: text, url: text, state: 'published' }))) {
        expect(value).not.toMatch(/[\p{Cc}\p{Cf}$`"'|&;<>(){}*?!#]/u);
      }
    }
  });
});
