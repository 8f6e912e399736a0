import { describe, expect, it } from 'vitest';
import { actionInputs } from '../src/action-inputs.ts';
import { parseCommandLine } from '../src/command-line.ts';
import { commandNames, commands } from '../src/command-table.ts';
import { Failure } from '../src/errors.ts';
import { helpText } from '../src/help.ts';
import { definitionOf, inputNames, isInputName, reads } from '../src/inputs.ts';

function failureOf(argv: string[]): string {
  try {
    parseCommandLine(argv);
  } catch (error) {
    if (error instanceof Failure) return `${error.code}: ${error.message} ${error.help}`;
    throw error;
  }
  return 'none';
}

describe('parseCommandLine', () => {
  it('reads a command with positional arguments, flags and lists', () => {
    expect(parseCommandLine(['validate', 'a', 'b', '--severity', 'x=off', '--severity=y=note', '--quiet'])).toEqual({
      kind: 'run',
      inputs: { command: 'validate', bundle: ['a', 'b'], severity: ['x=off', 'y=note'], quiet: true },
    });
  });

  it('keeps what stands behind -- from being a flag', () => {
    expect(parseCommandLine(['scan', '--', '--help.json'])).toMatchObject({ inputs: { file: ['--help.json'] } });
  });

  it('gives inputs a null-safe shape for hostile flags', () => {
    expect(failureOf(['validate', '--__proto__', 'x'])).toMatch(/^usage/);
    expect(failureOf(['validate', '--constructor'])).toMatch(/^usage/);
    expect(failureOf(['toString'])).toMatch(/^usage/);
  });

  it.each([
    [['valdate'], /no command `valdate`.*Did you mean `validate`/],
    [['validate', '--serverity', 'x=off'], /no option `--serverity`.*Did you mean `--severity`/],
    [['validate', '--next'], /`validate` has no option `--next`/],
    [['validate', '--quiet=yes'], /takes no value/],
    [['validate', '--store'], /`--store` needs a value/],
    [['release', 'x', '--make-latest'], /`--make-latest` needs a value: true or false or legacy\./],
    [['validate', '--store', 'a', '--store', 'b'], /given twice/],
    [['validate', '--fail-on', 'never'], /must be error or warning/],
    [['verify'], /`verify` needs NAME/],
    [['verify', 'a', 'b'], /does not know what to do with `b`/],
    [['diff', 'a'], /`diff` needs/],
  ])('%j: %s', (argv, expected) => {
    expect(failureOf(argv)).toMatch(expected);
  });

  it('knows help and version everywhere', () => {
    expect(parseCommandLine([])).toEqual({ kind: 'help' });
    expect(parseCommandLine(['--version'])).toEqual({ kind: 'version' });
    expect(parseCommandLine(['release', '--help'])).toEqual({ kind: 'help', command: 'release' });
    expect(parseCommandLine(['help', 'pack'])).toEqual({ kind: 'help', command: 'pack' });
  });
});

describe('the tables', () => {
  it('name an input for every positional argument, which its command reads', () => {
    for (const command of commandNames) {
      for (const name of commands[command].positional) {
        expect([command, name, isInputName(name) && reads(command, name)]).toEqual([command, name, true]);
      }
    }
  });

  it('describe every input and every command in the help, within 100 columns', () => {
    for (const command of commandNames) {
      const text = helpText(command);
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
      for (const name of inputNames.filter((input) => definitionOf(input).only !== 'action' && reads(command, input))) {
        expect(text).toContain(definitionOf(name).description.split(' ')[0]);
      }
      expect(helpText(undefined)).toContain(`  ${command} `);
    }
  });
});

describe('actionInputs', () => {
  const read = (values: Record<string, string>) => actionInputs((name) => values[name] ?? '');

  it('gives what the same command line gives', () => {
    expect(read({ command: 'release', bundle: 'a\n  b  \n\n', 'dry-run': 'true', 'fail-on': 'warning' })).toEqual({
      command: 'release',
      bundle: ['a', 'b'],
      'dry-run': true,
      'fail-on': 'warning',
    });
    expect(read({})).toEqual({ command: 'validate' });
  });

  it.each([{ command: 'rm' }, { 'dry-run': 'yes' }, { 'fail-on': 'x' }])('refuses %j', (values) => {
    expect(() => read(values)).toThrow(Failure);
  });
});
