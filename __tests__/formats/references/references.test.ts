import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import { eachProcessor } from '../../../src/domain/processor.ts';
import { jobReferences } from '../../../src/formats/references/job.ts';
import { modelReferences } from '../../../src/formats/references/model.ts';
import { pipelineReferences } from '../../../src/formats/references/pipeline.ts';
import { ruleReferences } from '../../../src/formats/references/rule.ts';

const short = (references: ReturnType<typeof jobReferences>) =>
  references.map(({ role, space, id, at }) => `${role} ${space} ${id} ${at.pointer}`);

describe('pipelineReferences', () => {
  it('finds what processors name, in foreach and on_failure too, at its pointer', () => {
    const pipeline = {
      processors: [
        { script: { id: 's1', on_failure: [{ script: { id: 's2' } }] } },
        { foreach: { field: 'x', processor: { foreach: { processor: { inference: { model_id: 'm' } } } } } },
        { pipeline: { name: 'p' } },
        { enrich: { policy_name: 'e' } },
        { script: { lang: 'painless', source: 'ctx.a = 1' } },
        { pipeline: { name: '{{ _ingest.x }}' } },
      ],
      on_failure: [{ pipeline: { name: 'q' } }, { set: { field: 'x', value: 1, if: { id: 's3' } } }],
    };
    expect(short(pipelineReferences(pipeline, 'f'))).toEqual([
      'uses script s1 /processors/0/script/id',
      'uses script s2 /processors/0/script/on_failure/0/script/id',
      'uses model m /processors/1/foreach/processor/foreach/processor/inference/model_id',
      'uses pipeline p /processors/2/pipeline/name',
      'uses enrich-policy e /processors/3/enrich/policy_name',
      'uses pipeline q /on_failure/0/pipeline/name',
      'uses script s3 /on_failure/1/set/if/id',
    ]);
  });

  it('takes braces for a template only where Elasticsearch does: in the name of a pipeline', () => {
    const processors = [
      { inference: { model_id: '{{m}}' } },
      { script: { stored: '{{s}}' } },
      { pipeline: { name: '{{p}}' } },
    ];
    expect(short(pipelineReferences({ processors }, 'f'))).toEqual([
      'uses model {{m}} /processors/0/inference/model_id',
      'uses script {{s}} /processors/1/script/stored',
    ]);
  });

  it.each<Value>([
    null,
    [],
    'x',
    1,
    {},
    { processors: {} },
    { processors: [null, 1, [], {}] },
    { processors: [{ script: null }] },
  ])('finds nothing in %j', (value) => {
    expect(pipelineReferences(value, 'f')).toEqual([]);
  });

  it('takes no property of a prototype for a processor', () => {
    expect(
      pipelineReferences({ processors: [{ toString: { id: 'x' } }, { constructor: { name: 'x' } }] }, 'f'),
    ).toEqual([]);
  });

  it('escapes processor names in pointers', () => {
    expect(eachProcessor({ processors: [{ 'a/b~c': {} }] })[0]?.pointer).toBe('/processors/0/a~1b~0c');
  });
});

describe('jobReferences', () => {
  it('tells jobs from datafeeds', () => {
    expect(short(jobReferences({ name: 'j', type: 'anomaly_detection', body: { job_id: 'x' } }, 'f'))).toEqual([
      'defines job j /name',
    ]);
    expect(short(jobReferences({ name: 'd', type: 'datafeed', body: { job_id: 'j' } }, 'f'))).toEqual([
      'defines datafeed d /name',
      'uses job j /body/job_id',
    ]);
  });

  it('takes a file without a type for a job, so that rules naming it still resolve', () => {
    expect(short(jobReferences({ name: 'j', body: {} }, 'f'))).toEqual(['defines job j /name']);
  });

  it.each<Value>([null, [], { name: 1 }, { type: 'datafeed', body: { job_id: 3 } }, { type: 'datafeed', body: [] }])(
    'finds nothing in %j',
    (value) => {
      expect(jobReferences(value, 'f')).toEqual([]);
    },
  );
});

describe('ruleReferences', () => {
  it('reads one job or many', () => {
    const rule = { name: 'r', rule_id: 'i', machine_learning_job_id: ['a', 7, 'b'] };
    expect(short(ruleReferences({ rule }, 'f'))).toEqual([
      'defines rule r /rule/name',
      'defines rule-id i /rule/rule_id',
      'uses job a /rule/machine_learning_job_id/0',
      'uses job b /rule/machine_learning_job_id/2',
    ]);
    expect(short(ruleReferences({ rule: { machine_learning_job_id: 'a' } }, 'f'))).toEqual([
      'uses job a /rule/machine_learning_job_id',
    ]);
  });

  it.each<Value>([null, {}, { rule: [] }, { rule: { name: null } }])('finds nothing in %j', (value) => {
    expect(ruleReferences(value, 'f')).toEqual([]);
  });
});

describe('modelReferences', () => {
  it('reads the aliases that a model declares', () => {
    expect(short(modelReferences({ metadata: { aliases: ['dga', 1] } }, 'f'))).toEqual([
      'defines model dga /metadata/aliases/0',
    ]);
    expect(modelReferences({ metadata: { aliases: 'dga' } }, 'f')).toEqual([]);
  });
});
