import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detections, environment, mldr, workFolder } from './mldr.ts';
import { atTerminal, hasTerminals } from './pseudo-terminal.ts';

const introducer = '\u001b[';
const folder = workFolder(detections);
writeFileSync(join(folder, 'examples', detections, 'stray.txt'), 'x');
const words = ['validate', `examples/${detections}`];

describe('colours where output goes into a pipe', () => {
  test.each<[Record<string, string>, string[], boolean]>([
    [{}, [], false],
    [{ NO_COLOR: '1' }, [], false],
    [{ FORCE_COLOR: '1' }, [], true],
    [{ FORCE_COLOR: '3' }, [], true],
    [{ FORCE_COLOR: '0' }, [], false],
    [{ FORCE_COLOR: '' }, [], false],
    [{ FORCE_COLOR: '1' }, ['--no-color'], false],
    [{ FORCE_COLOR: '1', TERM: 'dumb' }, [], true],
  ])('%j %j: %s', (env, flags, expected) => {
    const { stdout } = mldr(folder, [...words, ...flags], { env: environment(env) });
    expect(stdout).toContain('file-role-unknown');
    expect(stdout.includes(introducer)).toBe(expected);
  });

  test.each(['json', 'sarif', 'markdown'])('never stand in the report %s, nor in a file', (format) => {
    const env = environment({ FORCE_COLOR: '1' });
    expect(mldr(folder, [...words, '--report', format], { env }).stdout).not.toContain(introducer);
  });

  test('the text is the same with and without', () => {
    const plain = mldr(folder, words).stdout;
    const coloured = mldr(folder, words, { env: environment({ FORCE_COLOR: '1' }) }).stdout;
    const stripped = coloured.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');
    const timeless = (text: string) => text.replace(/\d+\.\d+ s/g, '');
    expect(timeless(stripped)).toBe(timeless(plain));
  });
});

// Python makes the terminal; the suite itself needs Node and git alone.
describe.runIf(hasTerminals)('colours on a terminal', () => {
  test.each<[Record<string, string>, string[], boolean]>([
    [{}, [], true],
    [{ NO_COLOR: '1' }, [], false],
    [{ NO_COLOR: '' }, [], true],
    [{}, ['--no-color'], false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, [], true],
  ])('%j %j: %s', (env, flags, expected) => {
    const { text } = atTerminal(folder, [...words, ...flags], { when: '\u0000', answer: '', env });
    expect(text).toContain('file-role-unknown');
    expect(text.includes(`${introducer}33m`)).toBe(expected);
  });
});
