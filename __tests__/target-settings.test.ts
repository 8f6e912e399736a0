import { describe, expect, it } from 'vitest';
import { noConfiguration } from '../src/configuration/configuration.ts';
import type { TargetSettings } from '../src/configuration/targets.ts';
import { builtInKinds } from '../src/kinds/kinds.ts';
import { onTarget, targetNamed } from '../src/target-settings.ts';

const staging: TargetSettings = {
  name: 'staging-eu',
  values: { 'elasticsearch-url': 'https://a.example', 'kibana-url': 'https://k.example', 'id-prefix': 'blue-' },
  releases: ['ML-DGA-20261122-2', 'ML-experimental-detections-20261122-1'],
};
const plain = { ELASTIC_API_KEY: 'plain key', ELASTIC_FINGERPRINT: 'ff', KIBANA_URL: 'https://other.example' };
const alone = { env: plain, kinds: builtInKinds, alone: true };

describe('settings of a target', () => {
  it('stand in place of flags that were not given, and of none that the command does not read', () => {
    const { inputs } = onTarget(staging, { command: 'status', 'id-prefix': 'green-' }, alone);
    expect(inputs).toEqual({
      command: 'status',
      'elasticsearch-url': 'https://a.example',
      'kibana-url': 'https://k.example',
      'id-prefix': 'green-',
    });
    expect(onTarget(staging, { command: 'elastic delete-job' }, alone).inputs).not.toHaveProperty('id-prefix');
  });

  it('give way with all their addresses to a flag that names another cluster', () => {
    const { inputs } = onTarget(staging, { command: 'status', 'cloud-id': 'x:y' }, alone);
    expect(inputs).toEqual({ command: 'status', 'cloud-id': 'x:y', 'id-prefix': 'blue-' });
  });

  it('name the release that a deployment puts there, by its kind where there are several', () => {
    expect(() => onTarget(staging, { command: 'deploy' }, alone)).toThrow('is to hold `ML-DGA-20261122-2` and');
    const releaseFor = (kind: string) => onTarget(staging, { command: 'deploy', kind }, alone).inputs.release;
    expect(['ml-dga', 'ML-experimental-detections'].map(releaseFor)).toEqual(staging.releases);
    expect(onTarget(staging, { command: 'deploy', release: 'ML-DGA-20261123-3' }, alone).inputs.release).toBe(
      'ML-DGA-20261123-3',
    );
    expect(onTarget(staging, { command: 'undeploy' }, alone).inputs.release).toBeUndefined();
  });

  it('of a name with a slip are no settings', () => {
    expect(() => targetNamed({ ...noConfiguration, targets: [staging] }, 'staging_eu')).toThrow(
      'There is no target `staging_eu`',
    );
  });
});

describe('the environment of a target', () => {
  const seen = (env: Record<string, string>, one = true) =>
    onTarget(staging, { command: 'status' }, { ...alone, env: { ...plain, ...env }, alone: one }).env;

  it('has the plain credentials where the run is on this target alone', () => {
    expect(seen({})['ELASTIC_API_KEY']).toBe('plain key');
    expect(seen({}, false)['ELASTIC_API_KEY']).toBeUndefined();
  });

  it('has none of the plain credentials beside one of its own', () => {
    const env = seen({ ELASTIC_PASSWORD_STAGING_EU: 'own', ELASTIC_PASSWORD_PROD: 'not ours' });
    expect(env['ELASTIC_PASSWORD']).toBe('own');
    expect([env['ELASTIC_API_KEY'], env['ELASTIC_FINGERPRINT']]).toEqual([undefined, undefined]);
  });

  it('has no plain address, which is that of another cluster', () => {
    expect(seen({})['KIBANA_URL']).toBeUndefined();
    expect(seen({ KIBANA_URL_STAGING_EU: 'https://own.example' })['KIBANA_URL']).toBe('https://own.example');
    const bare = { ...staging, values: {} };
    expect(onTarget(bare, { command: 'status' }, alone).env['KIBANA_URL']).toBe('https://other.example');
  });
});
