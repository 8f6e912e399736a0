// Seeded data for the figures: the same bytes on every machine.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A generator of numbers in [0, 1): a linear congruential one, enough for data that nobody has to guess. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

const depth = 5;

/** The inputs that the scripts of the example write: what they do not write, nothing could be predicted from. */
const names = ['dga_len', 'dga_tld'];
for (const [length, count] of [15, 18, 16].entries()) {
  for (let place = 0; place < count; place += 1) names.push(`dga_${length + 1}_${place}`);
}

/** A complete binary tree of `2^(depth+1) - 1` nodes, as a trained model's file has them. */
function tree(random) {
  const inner = 2 ** depth - 1;
  return Array.from({ length: 2 * inner + 1 }, (_, index) =>
    index < inner
      ? {
          node_index: index,
          decision_type: 'lte',
          split_feature: Math.floor(random() * names.length),
          threshold: Number(random().toFixed(17)),
          left_child: 2 * index + 1,
          right_child: 2 * index + 2,
          default_left: true,
          number_samples: Math.floor(random() * 50_000),
        }
      : { node_index: index, leaf_value: Number((random() - 0.5).toFixed(17)), number_samples: 40 },
  );
}

/**
 * A model of about `megabytes` MB that every check accepts.
 * @returns its text
 */
export function modelText(id, megabytes, seed = 1) {
  const random = randomFrom(seed);
  const trees = Math.max(1, Math.round((megabytes * 1e6) / 10_500));
  const trained = Array.from({ length: trees }, () => ({
    tree: { feature_names: names, target_type: 'classification', tree_structure: tree(random) },
  }));
  return JSON.stringify({
    definition: {
      preprocessors: [],
      trained_model: {
        ensemble: {
          aggregate_output: { logistic_regression: {} },
          classification_labels: ['0', '1'],
          feature_names: names,
          target_type: 'classification',
          trained_models: trained,
        },
      },
    },
    description: 'Made of seeded numbers, to measure with.',
    inference_config: { classification: { num_top_classes: 2 } },
    input: { field_names: names },
    metadata: {},
    model_id: id,
    tags: ['dga'],
  });
}

/** The bundle of the examples with a model of another size in place of its own. */
export function makeBundle(folder, megabytes) {
  const from = 'examples/ML-DGA-20261122-2';
  const to = join(folder, 'ML-DGA-20261122-1');
  mkdirSync(to, { recursive: true });
  for (const name of ['ngrams_create', 'ngrams_transform_delete', 'ingest_pipeline1']) {
    cpSync(join(from, `dga_1000_1.0_${name}.json`), join(to, `dga_1_1.0_${name}.json`));
  }
  const inner = readFileSync(join(from, 'dga_1000_1.0_ingest_pipeline2.json'), 'utf8');
  writeFileSync(join(to, 'dga_1_1.0_ingest_pipeline2.json'), inner.replace('dga_1000_1.0', 'dga_1_1.0'));
  writeFileSync(join(to, 'dga_1_1.0_model.json'), modelText('dga_1_1.0', megabytes));
  return to;
}
