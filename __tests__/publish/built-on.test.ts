import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../src/domain/bundle.ts';
import { emptyHistory, type History } from '../../src/domain/history.ts';
import { builtOn } from '../../src/publish/built-on.ts';
import { bundle, detections, dga } from './workshop.ts';

/** A history of releases, each with its models. */
function history(models: Readonly<Record<string, readonly string[]>>): History {
  const names = Object.keys(models);
  const releases = names.map((name) => ({ name, manifestSha256: '', models: models[name] ?? [], entries: [] }));
  return { ...emptyHistory('dir:releases'), names, releases };
}

/** Detections of which one rule has the note given; the other files say nothing of any model. */
function noting(note: string): Promise<Bundle> {
  const silent = Object.fromEntries(
    ['experimental_ml_high_sum_dga_probability', 'experimental_dns_request_predicted_dga'].map((name) => [
      `${name}.toml`,
      `[rule]\nname = "${name}"\n`,
    ]),
  );
  return bundle(detections, detections, { ...silent, 'a.toml': `[rule]\nname = "a"\nnote = """${note}"""\n` });
}

const two = { 'ML-DGA-20261101-1': ['dga_1_1.0'], 'ML-DGA-20261101-2': ['dga_2_1.0'] };

describe('the release that detections rest on', () => {
  it('is the one that a rule of the example names, where the store has it', async () => {
    const example = await bundle(detections);
    const known = history({ 'ML-DGA-20261122-1': ['dga_999_1.0'], 'ML-DGA-20261122-2': ['dga_1000_1.0'] });
    expect(builtOn(example, known)).toBe('ML-DGA-20261122-1');
    expect(builtOn(example, history({ 'ML-DGA-20261122-2': ['dga_1000_1.0'] }))).toBeUndefined();
  });

  it.each([
    ['a release', 'Made for ML-DGA-20261101-2.', 'ML-DGA-20261101-2'],
    ['a release in brackets and code', 'See (`ML-DGA-20261101-2`), please', 'ML-DGA-20261101-2'],
    ['a model', 'The scores of dga_1_1.0, that is.', 'ML-DGA-20261101-1'],
    ['a release rather than a model', 'ML-DGA-20261101-2 replaces dga_1_1.0', 'ML-DGA-20261101-2'],
    ['two releases', 'ML-DGA-20261101-1 or ML-DGA-20261101-2', undefined],
    ['two models', 'dga_1_1.0 or dga_2_1.0', undefined],
    ['a part of a name only', 'ML-DGA-20261101-22, xML-DGA-20261101-2, dga_1_1.0_model', undefined],
    ['a release that is not there', 'ML-DGA-20261101-9', undefined],
    ['nothing but the fields that any model writes', 'ml_is_dga.malicious_probability', undefined],
  ])('is found where a text names %s', async (_, note, found) => {
    expect(builtOn(await noting(note), history(two))).toBe(found);
  });

  it('is not one of two releases that hold the model named', async () => {
    const again = { ...two, 'ML-DGA-20261101-3': ['dga_1_1.0'] };
    expect(builtOn(await noting('dga_1_1.0'), history(again))).toBeUndefined();
  });

  it('is not one of its own family, nor one without a model', async () => {
    const own = { 'ML-experimental-detections-20261101-1': ['m'], 'ML-Other-20261101-1': [] };
    expect(
      builtOn(await noting('ML-experimental-detections-20261101-1 ML-Other-20261101-1'), history(own)),
    ).toBeUndefined();
  });

  it('is looked for in jobs too, and not for a bundle with a model', async () => {
    const job = {
      name: 'j',
      type: 'anomaly_detection',
      body: { custom_settings: { based_on: ['ML-DGA-20261101-1'] } },
    };
    const silent = await noting('');
    expect(builtOn(silent, history(two))).toBeUndefined();
    const from = await bundle(detections, detections, { 'j.json': JSON.stringify(job) });
    expect(builtOn(from, history(two))).toBe('ML-DGA-20261101-1');
    expect(builtOn(await bundle(dga), history(two))).toBeUndefined();
  });

  it('is the one that the user states, if the store has it', async () => {
    const from = await noting('ML-DGA-20261101-2');
    expect(builtOn(from, history(two), 'ML-DGA-20261101-1')).toBe('ML-DGA-20261101-1');
    expect(() => builtOn(from, history(two), 'ML-DGA-20261101-7')).toThrow(
      '`ML-DGA-20261101-7` is not in dir:releases.',
    );
  });
});
