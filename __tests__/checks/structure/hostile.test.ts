import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import type { FormatId } from '../../../src/domain/kind.ts';
import { formats } from '../../../src/formats/formats.ts';
import { createRandom, type Random } from '../../random.ts';
import { safetyIds } from '../safety/judged.ts';
import { bundleOf, examined, fileOf, structureIds } from './looked-at.ts';
import type { Draft } from './random-model.ts';

const ids = [...structureIds, ...safetyIds];
const dga = 'examples/ML-DGA-20261122-2/dga_1000_1.0';
const detections = 'examples/ML-experimental-detections-20261122-1';
const rule = {
  metadata: { maturity: 'experimental' },
  rule: {
    name: 'x',
    rule_id: 'y',
    type: 'machine_learning',
    anomaly_threshold: 70,
    machine_learning_job_id: ['a', 'b'],
  },
};

const seeds: readonly [FormatId, () => Draft, number][] = [
  ['elastic-model', () => smallModel(), 2000],
  ['elastic-script', () => parse(`${dga}_ngrams_create.json`), 500],
  ['elastic-pipeline', () => parse(`${dga}_ingest_pipeline2.json`), 1000],
  ['elastic-job', () => parse(`${detections}/experimental-high-sum-dga-probability.json`), 1000],
  ['elastic-job', () => parse(`${detections}/experimental-dns-client-outliers.json`), 500],
  ['elastic-rule', () => structuredClone(rule), 1000],
];

function parse(file: string): Draft {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The example's model with its first two trees, so that a change often meets one of them. */
function smallModel(): Draft {
  const model = JSON.parse(readFileSync(`${dga}_model.json`, 'utf8'));
  model.definition.trained_model.ensemble.trained_models.length = 2;
  model.definition.preprocessors.length = 2;
  return model;
}

const odd: (() => Draft)[] = [
  () => null,
  () => true,
  () => '',
  () => 'x'.repeat(1000),
  () => '__proto__',
  () => -0,
  () => -1,
  () => 0.5,
  () => 1e300,
  () => Number.POSITIVE_INFINITY,
  () => [],
  () => {
    return {};
  },
  () => [[[[]]]],
  () => JSON.parse('{"__proto__": {"tree": {}}, "constructor": {"prototype": 1}, "length": 3}'),
  () => Array.from({ length: 50 }, () => ({ left_child: -1 })),
];

/** Replaces, removes, adds or moves one member somewhere in a value. */
function mutate(value: Draft, random: Random): Draft {
  const holders: (Draft[] | { [key: string]: Draft })[] = [];
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    holders.push(next);
    waiting.push(...Object.values(next));
  }
  if (holders.length === 0 || random.chance(0.02)) return random.pick(odd)();
  const holder = random.pick(holders);
  const other = random.chance(0.5) ? random.pick(odd)() : structuredClone(random.pick(holders));
  if (Array.isArray(holder)) {
    if (random.chance(0.3)) holder.push(other);
    else if (random.chance(0.5)) holder.splice(random.below(holder.length + 1), 1);
    else holder[random.below(holder.length + 1)] = other;
    return value;
  }
  const keys = Object.keys(holder);
  const key =
    keys.length > 0 && random.chance(0.9) ? random.pick(keys) : random.pick(['__proto__', 'constructor', 'x']);
  if (random.chance(0.3)) delete holder[key];
  else Object.defineProperty(holder, key, { value: other, enumerable: true, configurable: true, writable: true });
  return value;
}

/** Whether a JSON pointer leads somewhere in a value. */
function exists(value: Value, pointer: string): boolean {
  let here: unknown = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return false;
    here = Reflect.get(here, key);
  }
  return true;
}

test.each(seeds)('no mutation of %s makes a check throw, say too much, or point nowhere', (format, make, rounds) => {
  const random = createRandom(rounds);
  let defects = 0;
  for (let round = 0; round < rounds; round += 1) {
    let draft = make();
    for (let times = 1 + random.below(4); times > 0; times -= 1) draft = mutate(draft, random);
    const scripts = formats[format].scripts?.(draft) ?? [];
    const bundle = bundleOf(format, [fileOf(draft, { scripts })], ['dga_1000_1.0']);
    for (const id of ids) {
      const { findings } = examined(id, bundle);
      defects += findings.length;
      expect(findings.length).toBeLessThanOrEqual(21);
      for (const { message, help, at } of findings) {
        expect(message.length).toBeLessThan(600);
        expect(help?.length ?? 0).toBeLessThan(400);
        expect(at?.pointer === undefined || exists(draft, at.pointer)).toBe(true);
      }
    }
  }
  expect(defects).toBeGreaterThan(rounds / 2);
});

test('nothing of a document reaches a prototype', () => {
  const hostile: Value = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
  for (const [format] of seeds) {
    const scripts = formats[format].scripts?.(hostile) ?? [];
    for (const id of ids) examined(id, bundleOf(format, [fileOf(hostile, { scripts })]));
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});
