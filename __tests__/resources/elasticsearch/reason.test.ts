import { expect, it } from 'vitest';
import type { Value } from '../../../src/domain/document.ts';
import { elasticReason, scriptFault } from '../../../src/resources/elasticsearch/reason.ts';

const compile: Value = {
  type: 'script_exception',
  reason: 'compile error',
  script_stack: ['ctx = ;', '      ^---- HERE'],
  position: { offset: 6, start: 0, end: 7 },
  caused_by: { type: 'illegal_argument_exception', reason: "unexpected token [';']" },
};

it.each<[string, Value | undefined, string | undefined]>([
  ['a text', { error: 'no handler found for uri [/x]', status: 400 }, 'no handler found for uri [/x]'],
  ['type and reason', { error: { type: 't', reason: 'r' } }, 't: r'],
  ['a type alone', { error: { type: 't', reason: null } }, 't'],
  ['a reason alone', { error: { reason: 'r' } }, 'r'],
  ['its own root', { error: { root_cause: [{ type: 't', reason: 'r' }], type: 't', reason: 'r' } }, 't: r'],
  ['roots alone', { error: { root_cause: [{ type: 't', reason: 'r' }] } }, 't: r'],
  ['another root', { error: { type: 'a', root_cause: [{ type: 't', reason: 'r' }] } }, 'a (caused by t: r)'],
  ['causes', { error: { type: 'a', caused_by: { type: 'b', caused_by: { type: 'c' } } } }, 'a (caused by c)'],
  ['a cause without words', { error: { type: 'a', caused_by: { type: 'b', caused_by: {} } } }, 'a (caused by b)'],
  ['nothing', undefined, undefined],
  ['another body', { acknowledged: true }, undefined],
  ['a list', { error: [{ type: 't' }] }, undefined],
  ['numbers', { error: { type: 1, reason: 2, caused_by: 3, root_cause: 4 } }, undefined],
])('words an error that is %s', (_, body, words) => {
  expect(elasticReason(body)).toBe(words);
});

it.each<[string, Value]>([
  ['itself', compile],
  ['its cause', { type: 'illegal_argument_exception', caused_by: compile }],
  ['its root', { root_cause: [compile] }],
])('finds where a script does not compile in an error that is %s', (_, error) => {
  expect(scriptFault({ error })).toEqual({ offset: 6, shown: ['ctx = ;', '      ^---- HERE'] });
});

it.each<{ readonly [key: string]: Value }>([
  { position: { offset: 1.5 } },
  { position: { offset: -1 } },
  { position: { offset: '6' } },
  {},
])('finds no place in %j', (more) => {
  expect(scriptFault({ error: { ...more, script_stack: ['x'] } })).toBeUndefined();
});

it('is neither kept nor broken by what a hostile server sends', () => {
  const depth = 200_000;
  const deep = JSON.parse(`${'{"type":"t","caused_by":'.repeat(depth)}{}${'}'.repeat(depth)}`);
  expect(elasticReason({ error: deep })).toBe('t');
  expect(scriptFault({ error: deep })).toBeUndefined();
  const lists = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  const stack = [lists, { toString: 'no function' }, null, 7, ...Array.from({ length: 1000 }, () => 'line')];
  expect(scriptFault({ error: { position: { offset: 0 }, script_stack: stack } })?.shown).toEqual(
    Array.from({ length: 20 }, () => 'line'),
  );
});
