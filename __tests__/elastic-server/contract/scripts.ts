import { readFileSync } from 'node:fs';
import type { JsonObject } from '../json.ts';
import { type Case, failure } from './case.ts';

const good = { script: { lang: 'painless', source: 'ctx.x = 1' } };
const bad = { script: { lang: 'painless', source: 'int a = 1;\nint b = 2;\nctx.x = a +;\n' } };
const illegal = 'illegal_argument_exception';

const example = (file: string): JsonObject =>
  JSON.parse(readFileSync(`examples/ML-HostRiskScore-20261122-1/${file}`, 'utf8')) as JsonObject;
const aggregationScripts = ['init', 'map', 'combine', 'reduce'].map((part) => {
  return [`aggs_${part}`, `ml_hostriskscore_${part}_script.json`] as const;
});

/** Stored scripts. */
export const scriptCases: readonly Case[] = [
  {
    title: 'put, read, replaced, removed',
    steps: [
      ['GET', '/_scripts/a', undefined, 404, { _id: 'a', found: false }],
      ['PUT', '/_scripts/a', good, 200, { acknowledged: true }],
      ['GET', '/_scripts/a', undefined, 200, { _id: 'a', found: true, script: good.script }],
      ['POST', '/_scripts/a/ingest', { script: { lang: 'painless', source: 'ctx.y = 2' } }, 200],
      ['GET', '/_scripts/a', undefined, 200, { script: { lang: 'painless', source: 'ctx.y = 2' } }],
      ['DELETE', '/_scripts/a', undefined, 200, { acknowledged: true }],
      [
        'DELETE',
        '/_scripts/a',
        undefined,
        404,
        failure('resource_not_found_exception', 'stored script [a] does not exist and cannot be deleted'),
      ],
    ],
  },
  {
    title: 'compiled in a context only, with the place of the mistake',
    steps: [
      ['PUT', '/_scripts/a', bad, 200, { acknowledged: true }],
      [
        'PUT',
        '/_scripts/b/ingest',
        bad,
        400,
        {
          error: {
            type: 'script_exception',
            reason: 'compile error',
            script_stack: ['... 1;\nint b = 2;\nctx.x = a +;\n', '                             ^---- HERE'],
            position: { offset: 33, start: 8, end: 35 },
            caused_by: { type: 'illegal_argument_exception', reason: "invalid sequence of tokens near [';']." },
          },
        },
      ],
      ['GET', '/_scripts/b', undefined, 404],
    ],
  },
  {
    title: 'compiled where an aggregation calls it',
    steps: aggregationScripts.map(([context, file]) => ['PUT', `/_scripts/a/${context}`, example(file), 200]),
  },
  {
    title: 'an expression that ends too early',
    steps: [
      [
        'PUT',
        '/_scripts/b/ingest',
        { script: { lang: 'painless', source: 'ctx?.a ==' } },
        400,
        {
          error: {
            position: { offset: 9, start: 0, end: 9 },
            script_stack: ['ctx?.a ==', '         ^---- HERE'],
            caused_by: { reason: 'unexpected end of script.' },
          },
        },
      ],
    ],
  },
  {
    title: 'refused as they stand',
    steps: [
      [
        'PUT',
        '/_scripts/a',
        { script: { lang: 'painles', source: '1' } },
        400,
        failure(illegal, 'unable to put stored script with unsupported lang [painles]'),
      ],
      ['PUT', '/_scripts/a', { scrip: {} }, 400, { error: { type: 'parsing_exception' } }],
      [
        'PUT',
        '/_scripts/a',
        { script: { lang: 'painless' } },
        400,
        failure(illegal, 'must specify source for stored script'),
      ],
      ['PUT', '/_scripts/a', undefined, 400, failure('parse_exception', 'request body is required')],
      [
        'PUT',
        '/_scripts/a/no_such_context',
        good,
        400,
        { error: { caused_by: { type: illegal, reason: 'Unknown context [no_such_context]' } } },
      ],
      [
        'PUT',
        '/_scripts/%23a',
        good,
        400,
        failure(
          'action_request_validation_exception',
          "Validation Failed: 1: id cannot contain '#' for stored script;",
        ),
      ],
      ['GET', '/_scripts/a', undefined, 404],
    ],
  },
];
