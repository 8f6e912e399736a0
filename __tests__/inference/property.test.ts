import { expect, test } from 'vitest';
import { compileModel } from '../../src/inference/compile.ts';
import type { Prediction } from '../../src/inference/model.ts';
import { createRandom } from '../random.ts';
import { bodyOf } from './body.ts';
import { type RandomModel, randomField, randomModel } from './random-model.ts';
import { documentOf, plainly, type Said } from './reference.ts';

/** What the product says, in the words of the plain evaluator. */
function said(prediction: Prediction, model: RandomModel): Said {
  if (prediction.kind === 'warning') return 'nothing';
  if (prediction.kind === 'regression') return prediction.value;
  const shares = Array.from({ length: model.classes }, () => 0);
  for (const { index, probability } of prediction.classes) shares[index] = probability;
  return shares;
}

function close(a: Said, b: Said): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  const [left, right] = [[a].flat(), [b].flat()];
  const near = (x: number, y: number) => Math.abs(x - y) <= 1e-12 * Math.max(1, Math.abs(x)) || x === y;
  return left.length === right.length && left.every((value, index) => near(value, right[index] ?? Number.NaN));
}

test('agrees with a plain evaluator on thousands of random models with every option', () => {
  const random = createRandom(7);
  const seen = new Map<string, number>();
  for (let round = 0; round < 4000; round += 1) {
    const model = randomModel(random);
    const compiled = compileModel(bodyOf(model));
    if (!('model' in compiled)) throw new Error(`round ${round}: ${JSON.stringify(compiled.problems)}`);
    for (let row = 0; row < 8; row += 1) {
      const present = model.inputs.filter(() => random.chance(0.8));
      const fields = new Map([...present, 'not_an_input'].map((name) => [name, randomField(random)] as const));
      const wanted = plainly(model, fields);
      const got = said(compiled.model.predict(documentOf(fields)), model);
      if (!close(got, wanted)) expect({ round, row, got, model }).toEqual({ round, row, got: wanted, model });
      const kind = `${model.alone ? 'tree' : model.aggregator} ${typeof wanted === 'object' ? 'classes' : typeof wanted}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
  }
  // Each way through the engine was taken often.
  const ways = ['tree classes', 'tree number', 'weighted_sum number', 'exponent number', 'weighted_mode classes'];
  for (const kind of [...ways, 'logistic_regression classes', 'logistic_regression number']) {
    expect(seen.get(kind), kind).toBeGreaterThan(500);
  }
});
