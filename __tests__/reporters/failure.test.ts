import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/errors.ts';
import { failureLines, failureOf } from '../../src/log.ts';
import { annotations, failureAnnotation } from '../../src/reporters/annotations.ts';
import { summary } from '../../src/reporters/summary.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { commandIn } from './runner.ts';
import { diagnostic, report, subject } from './samples.ts';

const help = 'Add to the job:\n    permissions:\n      contents: write\nThen run it again.';
const forbidden = failureOf(new Failure('github-forbidden', 'Cannot create the tag: 403.', { help }));
const rejected = failureOf(new Failure('github-unauthorised', 'Cannot read releases: GitHub answered 401.'));
const silent = failureOf(new Failure('github-unreachable', 'GitHub did not answer.'));

describe('a failure', () => {
  it('keeps the indentation of YAML in a log and in its annotation', () => {
    const lines = failureLines(new Failure('github-forbidden', 'No.', { help }));
    expect(lines).toContain(`${' '.repeat(13)}permissions:`);
    expect(lines).toContain(`${' '.repeat(15)}contents: write`);
    const text = failureAnnotation(forbidden);
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(commandIn(text.trimEnd())?.data).toContain(`\n${help}\n`);
  });

  it('is a summary: a sentence, what happened, what to do with the YAML as a block, the code with its page', () => {
    const failed = report([], { command: 'release', outcome: 'failed', failure: forbidden });
    expect(summary(failed).split('\n\n').slice(0, 7)).toEqual([
      '## mldr release could not be done: The token may not do this.',
      'Cannot create the tag&#58; 403.',
      '### What to do',
      'Add to the job&#58;',
      '```yaml\npermissions:\n  contents: write\n```',
      'Then run it again.',
      `[<code>github-forbidden</code>](${forbidden.url}) · exit code 2`,
    ]);
  });

  it.each([
    ['release-exists', 'was refused'],
    ['draft-left', 'is left incomplete'],
    ['usage', 'could not be done'],
  ] as const)('%s %s', (code, words) => {
    const failure = failureOf(new Failure(code, 'So it is.'));
    expect(summary(report([], { command: 'release', failure }))).toContain(`## mldr release ${words}: `);
  });

  it('names what lay behind it, and no stack', () => {
    const cause = new Error('first', { cause: new Error('second') });
    expect(failureOf(new Failure('write-failed', 'No.', { cause }))).toMatchObject({ causes: ['first', 'second'] });
    expect(failureOf(new TypeError('x is no function'))).toMatchObject({ code: 'internal', causes: [], exit: 2 });
  });
});

describe('a history that was not seen', () => {
  const of = (fields: Parameters<typeof subject>[0], more: Parameters<typeof report>[1] = {}) => {
    const { history: _, ...plain } = subject({ name: 'B', unseen: silent, ...fields });
    return report([plain], more);
  };
  const heading = (...given: Parameters<typeof of>) => summary(of(...given)).split('\n')[0];

  it('stands in every headline', () => {
    const warning = diagnostic({ severity: 'warning' });
    const end = 'whether it can be released is not known; its history was not seen.';
    expect(heading({})).toBe(`## B has no error of its own, and ${end}`);
    expect(heading({ diagnostics: [warning] })).toBe(`## B has 1 warning, and ${end}`);
    expect(heading({ diagnostics: [diagnostic()] })).toBe(
      '## B cannot be released: 1 error; its history was not seen.',
    );
    expect(heading({ diagnostics: [warning] }, { outcome: 'failed' })).toBe(
      '## B cannot be released before 1 warning is accepted; its history was not seen.',
    );
  });

  it('stands in the header and the last line of the terminal, and is not called good', () => {
    const text = terminal(of({}), { colour: true });
    expect(terminal(of({}))).toContain('· history: not seen\n');
    expect(text).toContain('\u001b[33mno findings, history not seen');
  });

  it('is one warning for all bundles, within the ten that GitHub shows, and every finding is counted', () => {
    const diagnostics = Array.from({ length: 14 }, (_, at) => diagnostic({ file: `f${at}` }));
    const both = report([subject({ unseen: silent, diagnostics }), subject({ unseen: silent })]);
    const commands = annotations(both).trimEnd().split('\n').map(commandIn);
    expect(commands.map((command) => command?.name)).toEqual([
      'warning',
      ...Array.from({ length: 9 }, () => 'error'),
      'notice',
    ]);
    expect(commands[0]?.properties).toEqual({ title: 'github-unreachable' });
    expect(commands.at(-1)?.data).toContain('5 more findings');
  });

  it('for a rejected token names the token everywhere, even to who wants findings only', () => {
    const one = of({ unseen: rejected });
    for (const text of [terminal(one, { quiet: true }), annotations(one), summary(one)])
      expect(text).toContain('GitHub rejects the token that was given');
    for (const text of [terminal(of({})), annotations(of({})), summary(of({}))])
      expect(text).not.toContain('rejects the token');
  });
});
