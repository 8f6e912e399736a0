import { type Case, failure } from './case.ts';

const set = { processors: [{ set: { field: 'a', value: '1' } }] };
const parse = 'parse_exception';
const script = { script: { lang: 'painless', source: 'ctx.x = 1' } };

/** Ingest pipelines. */
export const pipelineCases: readonly Case[] = [
  {
    title: 'put, read, listed, removed',
    steps: [
      ['GET', '/_ingest/pipeline', undefined, 404, {}],
      ['GET', '/_ingest/pipeline/p1', undefined, 404, {}],
      ['PUT', '/_ingest/pipeline/p1', set, 200, { acknowledged: true }],
      ['PUT', '/_ingest/pipeline/p2', { version: 3, description: 'x', processors: [] }, 200],
      ['GET', '/_ingest/pipeline/p1', undefined, 200, { p1: set }],
      ['GET', '/_ingest/pipeline/p1,absent', undefined, 200, { p1: set }],
      ['GET', '/_ingest/pipeline/p*', undefined, 200, { p1: set, p2: { version: 3 } }],
      ['DELETE', '/_ingest/pipeline/p1', undefined, 200, { acknowledged: true }],
      [
        'DELETE',
        '/_ingest/pipeline/p1',
        undefined,
        404,
        failure('resource_not_found_exception', 'pipeline [p1] is missing'),
      ],
      [
        'DELETE',
        '/_ingest/pipeline/z*',
        undefined,
        404,
        failure('resource_not_found_exception', 'pipeline [z*] is missing'),
      ],
    ],
  },
  {
    title: 'no _meta, and no if_version',
    steps: [
      [
        'PUT',
        '/_ingest/pipeline/p1',
        { _meta: { a: 1 }, processors: [] },
        400,
        failure(parse, "pipeline [p1] doesn't support one or more provided configuration parameters [_meta]"),
      ],
      [
        'PUT',
        '/_ingest/pipeline/p1?if_version=2',
        set,
        400,
        failure(
          'illegal_argument_exception',
          'request [/_ingest/pipeline/p1] contains unrecognized parameter: [if_version]',
        ),
      ],
      ['GET', '/_ingest/pipeline/p1', undefined, 404],
    ],
  },
  {
    title: 'processors that it does not take',
    steps: [
      [
        'PUT',
        '/_ingest/pipeline/p1',
        { description: 'd' },
        400,
        failure(parse, '[processors] required property is missing', { property_name: 'processors' }),
      ],
      [
        'PUT',
        '/_ingest/pipeline/p1',
        { processors: [{ nope: {} }] },
        400,
        failure(parse, 'No processor type exists with name [nope]', { processor_type: 'nope' }),
      ],
      [
        'PUT',
        '/_ingest/pipeline/p1',
        { processors: [{ set: { field: 'a' } }] },
        400,
        failure(parse, '[value] required property is missing', { property_name: 'value', processor_type: 'set' }),
      ],
      [
        'PUT',
        '/_ingest/pipeline/p1',
        { processors: [{ set: { field: 'a', value: 1, zzz: 2 } }] },
        400,
        failure(parse, "processor [set] doesn't support one or more provided configuration parameters [zzz]", {
          processor_type: 'set',
        }),
      ],
      [
        'PUT',
        '/_ingest/pipeline/p1',
        { processors: [], on_failure: [] },
        400,
        failure(parse, 'pipeline [p1] cannot have an empty on_failure option defined'),
      ],
      ['PUT', '/_ingest/pipeline/p1', undefined, 400, failure(parse, 'request body or source parameter is required')],
      [
        'PUT',
        '/_ingest/pipeline/p1',
        '{"processors":',
        400,
        { error: { type: parse, reason: 'Failed to parse content to map' } },
      ],
      ['GET', '/_ingest/pipeline', undefined, 404],
    ],
  },
  {
    title: 'scripts are looked up and compiled, other pipelines are not',
    steps: [
      [
        'PUT',
        '/_ingest/pipeline/p1',
        { processors: [{ script: { id: 'absent' } }] },
        404,
        failure('resource_not_found_exception', 'unable to find script [absent] in cluster state', {
          processor_type: 'script',
        }),
      ],
      [
        'PUT',
        '/_ingest/pipeline/p1',
        { processors: [{ set: { if: 'ctx?.a ==', field: 'a', value: 1 } }] },
        400,
        { error: { type: 'script_exception', processor_type: 'set', position: { offset: 9 } } },
      ],
      ['PUT', '/_scripts/broken', { script: { lang: 'painless', source: 'int x = ;' } }, 200],
      [
        'PUT',
        '/_ingest/pipeline/p1',
        { processors: [{ script: { id: 'broken' } }] },
        400,
        { error: { type: 'script_exception', processor_type: 'script', script: 'int x = ;' } },
      ],
      ['PUT', '/_ingest/pipeline/p1', { processors: [{ pipeline: { name: 'later' } }] }, 200],
      ['PUT', '/_scripts/used', script, 200],
      ['PUT', '/_ingest/pipeline/p2', { processors: [{ script: { id: 'used' } }] }, 200],
      ['DELETE', '/_scripts/used', undefined, 200],
    ],
  },
  {
    title: 'removed although an index has it as its default',
    steps: [
      ['PUT', '/_ingest/pipeline/p1', set, 200],
      ['PUT', '/contract-a', { settings: { default_pipeline: 'p1' } }, 200],
      ['DELETE', '/_ingest/pipeline/p1', undefined, 200, { acknowledged: true }],
      [
        'PUT',
        '/contract-a/_doc/1',
        { b: 1 },
        400,
        failure('illegal_argument_exception', 'pipeline with id [p1] does not exist'),
      ],
    ],
  },
];
