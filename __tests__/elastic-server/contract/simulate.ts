import outer from '../../../examples/ML-DGA-20261122-2/dga_1000_1.0_ingest_pipeline1.json' with { type: 'json' };
import create from '../../../examples/ML-DGA-20261122-2/dga_1000_1.0_ngrams_create.json' with { type: 'json' };
import transform from '../../../examples/ML-DGA-20261122-2/dga_1000_1.0_ngrams_transform_delete.json' with {
  type: 'json',
};
import type { JsonObject } from '../json.ts';
import { type Case, failure } from './case.ts';

const inline = '/_ingest/pipeline/_simulate';
const docs = [{ _source: { b: 2 } }];
const state = 'illegal_state_exception';
const ngram = (n: number, limit: number): JsonObject => ({
  script: { id: 'dga_ngrams_create', params: { ngram_count: n, limit } },
});

/** `_simulate`, and the processors that pipelines of ours have. */
export const simulateCases: readonly Case[] = [
  {
    title: 'an inline pipeline and a stored one',
    steps: [
      [
        'POST',
        inline,
        { pipeline: { processors: [{ set: { field: 'a.c', value: 'is {{b}}' } }] }, docs },
        200,
        { docs: [{ doc: { _index: '_index', _type: '_doc', _id: '_id', _source: { b: 2, a: { c: 'is 2' } } } }] },
      ],
      ['PUT', '/_ingest/pipeline/p1', { processors: [{ remove: { field: 'b' } }] }, 200],
      [
        'POST',
        '/_ingest/pipeline/p1/_simulate',
        { docs: [{ _index: 'i', _id: '1', _source: { b: 2, c: 3 } }] },
        200,
        { docs: [{ doc: { _index: 'i', _id: '1', _source: { c: 3 } } }] },
      ],
      [
        'POST',
        '/_ingest/pipeline/absent/_simulate',
        { docs },
        400,
        failure('illegal_argument_exception', 'pipeline [absent] does not exist'),
      ],
    ],
  },
  {
    title: 'requests that it does not take',
    steps: [
      [
        'POST',
        inline,
        { pipeline: { _meta: {}, processors: [] }, docs },
        400,
        failure(
          'parse_exception',
          "pipeline [_simulate_pipeline] doesn't support one or more provided configuration parameters [_meta]",
        ),
      ],
      [
        'POST',
        inline,
        { pipeline: { processors: [] } },
        400,
        failure('parse_exception', '[docs] required property is missing', { property_name: 'docs' }),
      ],
      [
        'POST',
        inline,
        { pipeline: { processors: [] }, docs: [] },
        400,
        failure('illegal_argument_exception', 'must specify at least one document in [docs]'),
      ],
      [
        'POST',
        inline,
        { pipeline: { processors: [{ script: { id: 'absent' } }] }, docs },
        404,
        failure('resource_not_found_exception', 'unable to find script [absent] in cluster state', {
          processor_type: 'script',
        }),
      ],
    ],
  },
  {
    title: 'failures of processors',
    steps: [
      [
        'POST',
        inline,
        { pipeline: { processors: [{ fail: { message: 'no {{b}}' } }] }, docs },
        200,
        { docs: [failure('fail_processor_exception', 'no 2')] },
      ],
      [
        'POST',
        inline,
        {
          pipeline: {
            processors: [{ fail: { message: 'no', tag: 't' } }],
            on_failure: [
              {
                set: {
                  field: 'e',
                  value:
                    '{{ _ingest.on_failure_message }}/{{ _ingest.on_failure_processor_type }}/{{_ingest.on_failure_processor_tag}}',
                },
              },
            ],
          },
          docs,
        },
        200,
        { docs: [{ doc: { _source: { b: 2, e: 'no/fail/t' } } }] },
      ],
      [
        'POST',
        inline,
        {
          pipeline: {
            processors: [{ fail: { message: 'no', ignore_failure: true } }, { set: { field: 'a', value: 1 } }],
          },
          docs,
        },
        200,
        { docs: [{ doc: { _source: { a: 1, b: 2 } } }] },
      ],
    ],
  },
  {
    title: 'pipelines that are not there, or call each other',
    steps: [
      ['PUT', '/_ingest/pipeline/p1', { processors: [{ pipeline: { name: 'later' } }] }, 200],
      [
        'POST',
        '/_ingest/pipeline/p1/_simulate',
        { docs },
        200,
        { docs: [failure(state, 'Pipeline processor configured for non-existent pipeline [later]')] },
      ],
      ['PUT', '/_ingest/pipeline/later', { processors: [{ pipeline: { name: 'p1' } }] }, 200],
      [
        'POST',
        '/_ingest/pipeline/p1/_simulate',
        { docs },
        200,
        { docs: [failure(state, 'Cycle detected for pipeline: p1')] },
      ],
      ['PUT', '/_scripts/used', { script: { lang: 'painless', source: 'ctx.x = 1' } }, 200],
      ['PUT', '/_ingest/pipeline/p2', { processors: [{ script: { id: 'used' } }] }, 200],
      ['DELETE', '/_scripts/used', undefined, 200],
      [
        'POST',
        '/_ingest/pipeline/p2/_simulate',
        { docs },
        200,
        { docs: [failure('resource_not_found_exception', 'unable to find script [used] in cluster state')] },
      ],
    ],
  },
  {
    title: 'the scripts of our bundle, and the condition of its outer pipeline',
    steps: [
      ['PUT', '/_scripts/dga_ngrams_create/ingest', create, 200],
      ['PUT', '/_scripts/dga_ngrams_transform_delete/ingest', transform, 200],
      ['PUT', '/_ingest/pipeline/dns_dga_inference_enrich_pipeline', { processors: [ngram(1, 15), ngram(3, 2)] }, 200],
      ['PUT', '/_ingest/pipeline/dns_enrich_pipeline', outer, 200],
      [
        'POST',
        '/_ingest/pipeline/dns_enrich_pipeline/_simulate',
        {
          docs: [
            { _source: { dns: { question: { registered_domain: 'Abcd.Example' } } } },
            { _source: { dns: { question: { registered_domain: '' } } } },
            { _source: { other: true } },
          ],
        },
        200,
        {
          docs: [
            {
              doc: {
                _source: {
                  dga_len: 4,
                  dga_tld: 'example',
                  dga_1_0: 'a',
                  dga_1_1: 'b',
                  dga_1_2: 'c',
                  dga_1_3: 'd',
                  dga_3_0: 'abc',
                  dga_3_1: 'bcd',
                },
              },
            },
            { doc: { _source: { dns: { question: { registered_domain: '' } } } } },
            { doc: { _source: { other: true } } },
          ],
        },
      ],
      [
        'POST',
        inline,
        {
          pipeline: {
            processors: [{ script: { id: 'dga_ngrams_transform_delete', params: { ngram_count: 1, limit: 15 } } }],
          },
          docs: [
            {
              _source: {
                dga_1_0: 'a',
                ml_is_dga: {
                  malicious_prediction: 1,
                  prediction_score: 0.75,
                  top_classes: [
                    { class_name: 1, class_probability: 0.75 },
                    { class_name: 0, class_probability: 0.25 },
                  ],
                },
              },
            },
          ],
        },
        200,
        { docs: [{ doc: { _source: { ml_is_dga: { malicious_prediction: 1, malicious_probability: 0.75 } } } }] },
      ],
    ],
  },
];
