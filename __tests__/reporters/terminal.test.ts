import { describe, expect, it } from 'vitest';
import { terminal } from '../../src/reporters/terminal.ts';
import { golden, type SampleName, samples } from './golden.ts';
import { broken, clean, diagnostic, listed, plan, released, report, subject } from './samples.ts';

const introducer = '\u001b';
const lines = (text: string) => text.split('\n').slice(0, -1);

describe('terminal', () => {
  it.each(Object.keys(samples) as SampleName[])('shows %s as committed', (name) => {
    expect(terminal(samples[name])).toBe(golden(name, 'terminal.txt'));
  });

  it('says a clean bundle in three lines, also where a plan was made', () => {
    expect(clean.subjects[0]?.plan).toBe(plan);
    expect(lines(terminal(clean))).toHaveLength(3);
  });

  it('colours only when told, and changes nothing but colours', () => {
    const coloured = terminal(broken, { colour: true });
    expect(coloured.replaceAll(introducer, '^[')).toBe(golden('broken', 'colour.txt'));
    expect(coloured.replace(/\p{Cc}\[\d+m/gu, '').replaceAll('\n', '')).toBe(terminal(broken).replaceAll('\n', ''));
    expect(terminal(broken)).not.toContain(introducer);
  });

  it('marks what differs and what was proved in colour, whatever the line goes on with', () => {
    const text = ['  + job a', '  - job + b', '  ~ file c', '✓ verified', 'd  - e'];
    const coloured = terminal(report([], { text }), { colour: true }).replaceAll(introducer, '^[');
    const [green, red, yellow] = ['^[[32m', '^[[31m', '^[[33m'];
    expect(lines(coloured)).toEqual([
      `${green}  +^[[39m job a`,
      `${red}  -^[[39m job + b`,
      `${yellow}  ~^[[39m file c`,
      `${green}✓^[[39m verified`,
      'd  - e',
    ]);
  });

  it('names the release that a plan follows', () => {
    const [claim, ...others] = plan.operations;
    if (claim?.do !== 'claim') throw new Error('The sample begins with its claim.');
    const operations = [{ ...claim, after: 'ML-DGA-20261121-1' }, ...others];
    const [one] = released('planned').subjects;
    const shown = terminal({ ...released('planned'), subjects: [subject({ ...one, plan: { ...plan, operations } })] });
    expect(shown).toMatch(/^plan {2}claim .* \(after ML-DGA-20261121-1\)$/m);
  });

  it('names the destination in the first line of a release and in the last', () => {
    for (const state of ['published', 'unchanged', 'planned'] as const) {
      const shown = lines(terminal(released(state)));
      expect(shown[0]).toBe('to dir:releases');
      expect(shown.at(-1)).toMatch(/^ {2}(?:to|in) dir:releases\/ML-DGA-20261122-2$/);
    }
  });

  it('never calls a release published that is not', () => {
    const stopped = { ...released('planned'), outcome: 'failed' as const };
    expect(terminal(stopped)).toContain('✗ not published: ML-DGA-20261122-2\n');
    for (const one of [stopped, released('planned'), released('unchanged')]) {
      expect(terminal(one)).not.toMatch(/✓ published|verified/);
    }
  });

  it('names the store where a release has no address of its own', () => {
    const [one] = released('planned').subjects;
    if (one?.release === undefined) throw new Error('The sample has a release.');
    const { url, ...release } = one.release;
    expect(terminal({ ...released(), subjects: [{ ...one, release }] })).toContain(`  to ${url}\n`);
  });

  it('says findings and answers only, when quiet', () => {
    expect(terminal(clean, { quiet: true })).toBe('');
    expect(terminal(released(), { quiet: true })).toBe('');
    expect(terminal(listed, { quiet: true })).toBe(terminal(listed));
    const quiet = terminal(broken, { quiet: true });
    expect(quiet).toContain('reference-unresolved');
    expect(quiet).not.toContain('0.14 s');
  });

  it('prints every setting that changes a severity, also when nothing else is to be said', () => {
    const weakened = ['model-hash-reused: warning → note (same model on purpose, until 2027-01-31)'];
    expect(terminal(report([subject({ weakened })]))).toContain(`setting  ${weakened[0]}\n`);
    expect(terminal(report([subject({ weakened })]), { quiet: true })).toContain('setting  ');
  });

  it('keeps the reasons of skipped checks when they do not fit into the last line', () => {
    const skipped = Array.from({ length: 9 }, (_, index) => ({
      check: `check-number-${index}`,
      reason: 'no stack given',
    }));
    const shown = lines(terminal(report([subject({ skipped })]), { columns: 80 }));
    expect(shown).toContain(`skipped  no stack given: ${skipped.map(({ check }) => check).join(', ')}`);
    expect(shown.at(-1)).toBe('no findings · 26 checks, 9 skipped · 0.14 s');
  });

  it('wraps messages under the gutter, and leaves long words whole', () => {
    const path = `${'x'.repeat(90)}/end`;
    const message = `${'word '.repeat(30)}${path} done.`;
    const shown = lines(terminal(report([subject({ diagnostics: [diagnostic({ message })] })]), { columns: 60 }));
    const body = shown.filter((line) => line.startsWith('         '));
    expect(body.length).toBeGreaterThan(3);
    expect(body.filter((line) => line.length > 60)).toEqual([`         ${path}`]);
    expect(body.map((line) => line.trim()).join(' ')).toBe(`${message} Help.`);
  });

  it('counts over several subjects, and explains the heaviest finding first', () => {
    const note = diagnostic({ check: 'aaa-note', severity: 'note', file: 'a' });
    const error = diagnostic({ check: 'zzz-error', file: 'z' });
    const shown = lines(
      terminal(report([subject({ diagnostics: [note] }), subject({ diagnostics: [error], checks: 4 })])),
    );
    expect(shown.slice(-2)).toEqual([
      '1 error, 1 note · 30 checks over 2 subjects · 0.14 s',
      'Explain any of them: mldr explain zzz-error',
    ]);
  });

  it('puts each note on one line, behind errors and warnings', () => {
    const found = [
      diagnostic({
        check: 'a-note',
        severity: 'note',
        file: 'a',
        line: 1,
        column: 2,
        message: 'Note.',
        help: 'Not said.',
      }),
      diagnostic({ check: 'b-warning', severity: 'warning', file: 'b' }),
    ];
    const text = terminal(report([subject({ diagnostics: found })]));
    expect(text).toContain('note     a-note     bundles/ML-DGA-20261122-2/a:1:2  Note.\n');
    expect(text).not.toContain('Not said.');
    expect(text.indexOf('b-warning')).toBeLessThan(text.indexOf('a-note'));
  });
});
