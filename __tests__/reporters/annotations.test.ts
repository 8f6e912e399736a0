import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/domain/diagnostic.ts';
import { annotations, escapeData, escapeProperty } from '../../src/reporters/annotations.ts';
import { golden } from './golden.ts';
import { commandIn } from './runner.ts';
import { broken, clean, diagnostic, packed, report, subject } from './samples.ts';

const commands = (text: string) => text.split('\n').slice(0, -1).map(commandIn);
const findings = (count: number, fields: Partial<Diagnostic>) =>
  Array.from({ length: count }, (_, index) => diagnostic({ file: `f${index}`, line: 1, ...fields }));

describe('annotations', () => {
  it.each([
    ['broken', broken],
    ['packed', packed],
  ] as const)('shows %s as committed', (name, one) => {
    expect(annotations(one)).toBe(golden(name, 'annotations.txt'));
  });

  it('is empty where nothing was found', () => {
    expect(annotations(clean)).toBe('');
  });

  it('escapes as the toolkit does', () => {
    expect(escapeData('50%\r\n: ,')).toBe('50%25%0D%0A: ,');
    expect(escapeProperty('50%\r\n: ,')).toBe('50%25%0D%0A%3A %2C');
  });

  it('reads back in the runner as what was meant', () => {
    const one = diagnostic({
      check: 'a-check',
      file: 'a,b:c%0A.json',
      line: 3,
      column: 4,
      message: '100% of: a, b',
      help: 'Do.',
    });
    expect(commands(annotations(report([subject({ diagnostics: [one] })])))).toEqual([
      {
        name: 'error',
        properties: { file: 'bundles/ML-DGA-20261122-2/a,b:c%0A.json', line: '3', col: '4', title: 'a-check' },
        data: '100% of: a, b\n\nDo.',
      },
    ]);
  });

  it('shows the ten worst of all subjects, and says how many more there are', () => {
    const notes = subject({ diagnostics: findings(8, { severity: 'note' }) });
    const mixed = subject({ diagnostics: [...findings(4, { severity: 'warning' }), ...findings(5, {})] });
    const names = commands(annotations(report([notes, mixed]))).map((command) => command?.name);
    expect(names).toEqual([...Array(5).fill('error'), ...Array(4).fill('warning'), 'notice', 'notice']);
    expect(
      annotations(report([notes, mixed]))
        .split('\n')
        .at(-2),
    ).toBe('::notice::7 more findings in the job summary.');
  });

  it('shows one finding of each check before the second one of any, and never a lighter one before a heavier', () => {
    const many = findings(30, { check: 'a-a' });
    const few = [diagnostic({ check: 'b-b', file: 'f2', line: 1 }), diagnostic({ check: 'c-c', file: 'z', line: 1 })];
    const warning = diagnostic({ check: 'd-d', severity: 'warning' });
    const shown = commands(annotations(report([subject({ diagnostics: [...many, ...few, warning] })])));
    const titles = shown.map((command) => command?.properties['title']);
    expect(titles).toEqual(['a-a', 'b-b', 'c-c', ...Array(7).fill('a-a'), undefined]);
  });

  it('says nothing of more at exactly ten, and one at eleven', () => {
    expect(commands(annotations(report([subject({ diagnostics: findings(10, {}) })])))).toHaveLength(10);
    const eleven = annotations(report([subject({ diagnostics: findings(11, {}) })]));
    expect(eleven).toContain('::notice::1 more finding in the job summary.\n');
  });

  it('never writes more than ten of a kind, which GitHub would drop', () => {
    for (const count of [9, 10, 11, 30]) {
      const text = annotations(report([subject({ diagnostics: findings(count, { severity: 'note' }) })]));
      expect(commands(text).length).toBe(Math.min(count, 10));
    }
  });

  it('tells places relative to the workspace, and none outside it', () => {
    const fileOf = (path: string, workspace?: string) => {
      const one = report([subject({ path, diagnostics: findings(1, {}) })]);
      return commands(annotations(one, { workspace }))[0]?.properties['file'];
    };
    expect(fileOf('/srv/w/repo/bundles/b', '/srv/w/repo')).toBe('bundles/b/f0');
    expect(fileOf('./bundles/./b/')).toBe('bundles/b/f0');
    expect(fileOf('D:\\w\\b', 'D:\\w')).toBe('b/f0');
    expect(fileOf('/srv/other/b', '/srv/w/repo')).toBeUndefined();
    expect(fileOf('/srv/w/repository/b', '/srv/w/repo')).toBeUndefined();
    expect(fileOf('../b')).toBeUndefined();
  });

  it('names the file in the message where it cannot name it as a property', () => {
    const one = report([subject({ path: '../b', diagnostics: findings(1, { message: 'Wrong.' }) })]);
    expect(commands(annotations(one))[0]?.data).toBe('../b/f0:1: Wrong.\n\nHelp.');
    const newline = report([subject({ diagnostics: [diagnostic({ file: 'a\n::error::b', message: 'Wrong.' })] })]);
    const [command] = commands(annotations(newline));
    expect(command?.properties['file']).toBeUndefined();
    expect(command?.data).toBe('bundles/ML-DGA-20261122-2/a\\u{a}::error::b: Wrong.\n\nHelp.');
  });

  it('leaves columns out where the end is on another line', () => {
    const one = diagnostic({ file: 'a', line: 1, column: 5, endLine: 9, endColumn: 2 });
    expect(annotations(report([subject({ diagnostics: [one] })]))).toMatch(/,line=1,endLine=9,title=/);
  });
});
