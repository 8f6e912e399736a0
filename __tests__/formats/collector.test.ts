import { describe, expect, it } from 'vitest';
import { createCollector, shownPerCheck } from '../../src/formats/collector.ts';
import { createLines } from '../../src/formats/text.ts';

describe('createCollector', () => {
  const lines = createLines('x\n'.repeat(100));

  it('keeps findings in order, with place and words', () => {
    const collector = createCollector('f', lines);
    collector.add('b', 2, 3, () => ({ message: 'one', help: 'do' }));
    collector.add('a', 0, 1, () => ({ message: 'two' }));
    expect(collector.findings()).toEqual([
      {
        check: 'b',
        message: 'one',
        help: 'do',
        at: { file: 'f', span: { line: 2, column: 1, endLine: 2, endColumn: 2 } },
      },
      { check: 'a', message: 'two', at: { file: 'f', span: { line: 1, column: 1, endLine: 1, endColumn: 2 } } },
    ]);
  });

  it('caps each check by itself, and finds words only for what is shown', () => {
    const collector = createCollector('f', lines);
    let described = 0;
    const describeOne = () => {
      described += 1;
      return { message: 'x' };
    };
    for (let index = 0; index < shownPerCheck + 7; index += 1)
      collector.add('many', index * 2, index * 2 + 1, describeOne);
    for (let index = 0; index < shownPerCheck; index += 1) collector.add('just', index, index + 1, describeOne);
    const findings = collector.findings();
    expect(described).toBe(2 * shownPerCheck);
    expect(findings).toHaveLength(2 * shownPerCheck + 1);
    expect(findings.at(-1)).toMatchObject({ check: 'many', message: expect.stringMatching(/^7 more/) });
    expect(findings.at(-1)?.at?.span?.line).toBe(shownPerCheck + 1);
  });
});
