import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PublishEvent } from '../../src/publish/event.ts';
import { readHistory } from '../../src/publish/history.ts';
import { publishRelease } from '../../src/publish/publish.ts';
import { failureOf } from '../contracts/assets.ts';
import { everything, fingerprint } from '../stores/directory/temporary.ts';
import { bundle, dga, limits, newStore, prepare, publish } from './workshop.ts';

describe('publishing', () => {
  it('puts zip, SHA256SUMS, index and manifest, and reads them back', async () => {
    const { root, store } = newStore();
    const prepared = await prepare(await bundle(dga), await readHistory(store));
    const events: PublishEvent[] = [];
    const published = await publishRelease(store, prepared, { limits, onEvent: (event) => events.push(event) });
    const names = [`${dga}.zip`, 'SHA256SUMS', 'index.json', `manifest-${dga}.json`];
    expect(prepared.plan.operations.map((step) => (step.do === 'put' ? step.asset.name : step.do))).toEqual([
      'claim',
      ...names,
      'commit',
    ]);
    expect(events.filter(({ type }) => type !== 'putting').map(({ type }) => type)).toEqual([
      'claimed',
      ...names.map(() => 'put'),
      'sealed',
      'committed',
      ...names.map(() => 'read'),
    ]);
    expect(published.state).toBe('published');
    expect(published.verification).toMatchObject({ name: dga, kind: 'ml-dga', problems: [], unproven: [] });
    expect(published.verification.models).toEqual([
      { id: 'dga_1000_1.0', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(readdirSync(join(root, dga)).sort()).toEqual([...names, 'release.json'].sort());
    await prepared.dispose();
  });
});
