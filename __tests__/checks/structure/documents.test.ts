import { describe, expect, test } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import { found, said } from './looked-at.ts';

type Row = [string, Value, string[]];

describe('scripts', () => {
  const script = { lang: 'painless', source: 'ctx.x = 1' };
  test.each<Row>([
    ['a script', { script }, []],
    ['a script with options', { script: { ...script, options: {} } }, []],
    ['no script', {}, ['']],
    ['an array', [{ script }], ['']],
    ['null', null, ['']],
    ['script a text', { script: 'ctx.x = 1' }, ['/script']],
    ['script an array', { script: [script] }, ['/script']],
    ['nothing in it', { script: {} }, ['/script', '/script']],
    ['another language', { script: { ...script, lang: 'mustache' } }, ['/script/lang']],
    ['language null', { script: { ...script, lang: null } }, ['/script/lang']],
    ['no source', { script: { lang: 'painless' } }, ['/script']],
    ['an empty source', { script: { ...script, source: ' \n' } }, ['/script/source']],
    ['a source that is an object', { script: { ...script, source: {} } }, ['/script/source']],
  ])('%s', (_, value, pointers) => {
    expect(found('elastic-script', value)).toEqual(pointers.map((pointer) => `script-malformed ${pointer}`));
  });
});

describe('pipelines', () => {
  const set = { set: { field: 'a', value: 1 } };
  const foreach = (processor: Value) => ({ foreach: { field: 'a', processor } });
  test.each<Row>([
    ['a pipeline', { description: 'x', processors: [set], on_failure: [set] }, []],
    ['nested processors', { processors: [foreach(foreach({ set: { field: 'a', value: 1, on_failure: [set] } }))] }, []],
    ['a script in short', { processors: [{ script: 'ctx.x = 1' }] }, []],
    ['no processors', {}, ['']],
    ['an array', [set], ['']],
    ['a text', 'x', ['']],
    ['processors empty', { processors: [] }, ['/processors']],
    ['processors an object', { processors: set }, ['/processors']],
    ['on_failure empty', { processors: [set], on_failure: [] }, ['/on_failure']],
    ['on_failure null', { processors: [set], on_failure: null }, ['/on_failure']],
    ['a processor of two types', { processors: [set, { ...set, remove: {} }] }, ['/processors/1']],
    ['a processor of none', { processors: [{}] }, ['/processors/0']],
    ['a processor that is a text', { processors: ['set'] }, ['/processors/0']],
    ['a processor whose body is a text', { processors: [{ set: 'a' }] }, ['/processors/0/set']],
    ['a processor whose body is null', { processors: [{ set: null }] }, ['/processors/0/set']],
    ['a handler that is none', { processors: [{ set: { on_failure: [7] } }] }, ['/processors/0/set/on_failure/0']],
    ['foreach of nothing', { processors: [{ foreach: { field: 'a' } }] }, ['/processors/0/foreach']],
    ['foreach of a list', { processors: [foreach([set])] }, ['/processors/0/foreach/processor']],
    ['foreach of two', { processors: [foreach({ ...set, remove: {} })] }, ['/processors/0/foreach/processor']],
    ['odd names', { processors: [{ 'a/b': { on_failure: {} } }] }, ['/processors/0/a~1b/on_failure']],
  ])('%s', (_, value, pointers) => {
    expect(found('elastic-pipeline', value)).toEqual(pointers.map((pointer) => `pipeline-malformed ${pointer}`));
  });

  test('a nest of fifty thousand costs no stack', () => {
    let processor: Value = 'none';
    for (let depth = 0; depth < 50_000; depth += 1) processor = foreach(processor);
    expect(said('pipeline-malformed', 'elastic-pipeline', { processors: [processor] })).toHaveLength(1);
  });
});

describe('rules', () => {
  const rule = { name: 'x', rule_id: '0f6a6a52-2f0c-4a0c-9d2e-3a6f9c1f1a01', type: 'query', query: 'a: 1' };
  const ml = { ...rule, type: 'machine_learning', anomaly_threshold: 70, machine_learning_job_id: 'job' };
  const { query: _query, ...unasked } = rule;
  const missing = 'rule-field-missing';
  const wrong = 'rule-field-type';

  test.each<Row>([
    ['a rule', { rule }, []],
    ['a machine-learning rule', { rule: ml }, []],
    ['one of several jobs', { rule: { ...ml, machine_learning_job_id: ['a', 'b'] } }, []],
    ['thresholds at both ends', { rule: { ...ml, anomaly_threshold: 0 } }, []],
    ['threshold 100', { rule: { ...ml, anomaly_threshold: 100 } }, []],
    ['a saved query', { rule: { ...unasked, type: 'saved_query', saved_id: 'x' } }, []],
    ['no rule', { metadata: {} }, [`${missing} `]],
    ['no table', null, [`${missing} `]],
    ['rule a text', { rule: 'x' }, [`${wrong} /rule`]],
    ['rule a list of tables', { rule: [rule] }, [`${wrong} /rule`]],
    ['nothing in it', { rule: {} }, [`${missing} /rule`, `${missing} /rule`, `${missing} /rule`]],
    ...['query', 'eql', 'esql', 'threshold', 'threat_match', 'new_terms', 'saved_query'].map(
      (type): Row => [`${type} without a query`, { rule: { ...unasked, type } }, [`${missing} /rule`]],
    ),
    [
      'machine learning without a job',
      { rule: { ...unasked, type: 'machine_learning' } },
      [`${missing} /rule`, `${missing} /rule`],
    ],
    ['a type nobody knows', { rule: { ...unasked, type: 'kql' } }, [`${wrong} /rule/type`]],
    ['a type of a prototype', { rule: { ...rule, type: 'constructor' } }, [`${wrong} /rule/type`]],
    ['a type that is a list', { rule: { ...rule, type: ['query'] } }, [`${wrong} /rule/type`]],
    ['an empty name', { rule: { ...rule, name: '' } }, [`${wrong} /rule/name`]],
    ['a name that is a number', { rule: { ...rule, name: 1 } }, [`${wrong} /rule/name`]],
    ['an empty id', { rule: { ...rule, rule_id: '' } }, [`${wrong} /rule/rule_id`]],
    ['a query that is a list', { rule: { ...rule, query: ['a'] } }, [`${wrong} /rule/query`]],
    ...[-1, 101, 70.5, '70', true, Number.POSITIVE_INFINITY].map(
      (value): Row => [
        `threshold ${value}`,
        { rule: { ...ml, anomaly_threshold: value } },
        [`${wrong} /rule/anomaly_threshold`],
      ],
    ),
    ...[[], '', [''], ['a', 7], 7, {}].map(
      (value): Row => [
        `job ${JSON.stringify(value)}`,
        { rule: { ...ml, machine_learning_job_id: value } },
        [`${wrong} /rule/machine_learning_job_id`],
      ],
    ),
    ...['x', 'experimental-1', `${rule.rule_id}0`, rule.rule_id.replace('-', ''), 'a'.repeat(36), 'x'.repeat(1e6)].map(
      (id): Row => [`id ${id.slice(0, 40)}`, { rule: { ...rule, rule_id: id } }, ['rule-id-invalid /rule/rule_id']],
    ),
    ['an id in capitals', { rule: { ...rule, rule_id: rule.rule_id.toUpperCase() } }, []],
  ])('%s', (_, value, expected) => {
    expect(found('elastic-rule', value)).toEqual(expected);
  });

  test('a misspelt field and a misspelt type are named', () => {
    const { machine_learning_job_id: job, ...misspelt } = ml;
    expect(said(missing, 'elastic-rule', { rule: { ...misspelt, 'machine-learning-job-id': job } })).toEqual([
      'The rule has no `machine_learning_job_id`, which the type `machine_learning` asks for. ' +
        'Is `machine-learning-job-id` meant? Call it `machine_learning_job_id`.',
    ]);
    expect(said(wrong, 'elastic-rule', { rule: { ...ml, type: 'machine-learning' } })[0]).toContain(
      'Did you mean `machine_learning`?',
    );
  });
});
