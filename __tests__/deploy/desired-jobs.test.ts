import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { desiredOf } from '../../src/deploy/desired.ts';
import { member } from '../../src/domain/document.ts';
import { defaultLimits } from '../../src/domain/limits.ts';
import { type DesiredObject, keyText } from '../../src/domain/resource.ts';
import { readBundle } from '../../src/formats/bundle/read.ts';
import { builtInKinds, kindOfName } from '../../src/kinds/kinds.ts';
import { codeOf } from '../contracts/assets.ts';

const example = 'ML-experimental-detections-20261122-1';
const job = 'experimental-high-sum-dga-probability';
let folder: string;
let bundle: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desired-jobs-'));
  bundle = join(folder, example);
  cpSync(join(import.meta.dirname, '../../examples', example), bundle, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function desired(prefix = ''): Promise<DesiredObject[]> {
  const read = await readBundle(bundle, { limits: defaultLimits, kindOf: (name) => kindOfName(name, builtInKinds) });
  return desiredOf(read, { prefix, standing: [] });
}

/** Changes a file of the bundle. */
function edit(file: string, change: (text: string) => string): void {
  const path = join(bundle, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

describe('the jobs of a bundle', () => {
  it('come before their datafeeds, with the wrapper’s body and name', async () => {
    const objects = await desired();
    expect(objects.map(keyText)).toEqual([
      `job/${job}`,
      'job/experimental-rare-dga-domain',
      `datafeed/datafeed-${job}`,
      'data-frame-analytics/experimental-dns-client-outliers',
    ]);
    const wrapper = JSON.parse(readFileSync(join(bundle, `${job}.json`), 'utf8'));
    expect(objects[0]).toMatchObject({ body: wrapper.body, dependsOn: [], file: `${job}.json` });
    expect(objects[2]?.dependsOn).toEqual([{ type: 'job', id: job }]);
  });

  it('get a prefix, and datafeeds point at the job that has it', async () => {
    const objects = await desired('team-');
    expect(objects.map(({ id, named }) => id === `team-${named}`)).toEqual([true, true, true, true]);
    expect(member(objects[2]?.body, 'job_id')).toBe(`team-${job}`);
    expect(objects[2]?.dependsOn).toEqual([{ type: 'job', id: `team-${job}` }]);
    expect(objects[2]?.digest).not.toBe((await desired())[2]?.digest);
  });

  it('of another bundle keep their id: a datafeed for one that stands there already', async () => {
    rmSync(join(bundle, `${job}.json`));
    const feed = (await desired('team-')).find(({ type }) => type === 'datafeed');
    expect(feed).toMatchObject({ id: `team-datafeed-${job}`, dependsOn: [] });
    expect(member(feed?.body, 'job_id')).toBe(job);
  });

  it('give the datafeed inside them as an object of its own', async () => {
    rmSync(join(bundle, `datafeed-${job}.json`));
    edit(`${job}.json`, (text) => {
      const wrapper = JSON.parse(text);
      return JSON.stringify({ ...wrapper, body: { ...wrapper.body, datafeed_config: { indices: ['a'] } } });
    });
    const objects = await desired('team-');
    expect(member(objects[0]?.body, 'datafeed_config')).toBeUndefined();
    expect(objects[2]).toMatchObject({
      type: 'datafeed',
      id: `team-${job}`,
      body: { indices: ['a'], job_id: `team-${job}` },
      dependsOn: [{ type: 'job', id: `team-${job}` }],
    });
  });

  it('of one name are refused', async () => {
    edit('experimental-rare-dga-domain.json', (text) =>
      text.replace('"name": "experimental-rare-dga-domain"', `"name": "${job}"`),
    );
    expect(await codeOf(desired())).toBe('objects-collide');
  });

  it('of an unknown type, or without a body, are none', async () => {
    edit(`datafeed-${job}.json`, (text) => text.replace('"type": "datafeed"', '"type": "toString"'));
    edit('experimental-rare-dga-domain.json', (text) => text.replace('"body"', '"bodies"'));
    expect((await desired()).map(keyText)).toEqual([
      `job/${job}`,
      'data-frame-analytics/experimental-dns-client-outliers',
    ]);
  });
});
