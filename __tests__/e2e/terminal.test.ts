import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detections, mldr, workFolder } from './mldr.ts';
import { atTerminal, hasTerminals } from './pseudo-terminal.ts';

const question = `Release ${detections} in spite of its warnings? [y/N]`;

/** A bundle with a warning, in a folder of its own. */
function warned(): string {
  const folder = workFolder(detections);
  writeFileSync(join(folder, 'examples', detections, 'stray.txt'), 'not of any role\n');
  return folder;
}

const words = ['release', `examples/${detections}`];

// Python makes the terminal; the suite itself needs Node and git alone.
describe.runIf(hasTerminals)('a person at a terminal', () => {
  test.each([
    ['n', 'n\n'],
    ['nothing', '\n'],
    ['the end of the input', '\u0004'],
    ['something else', 'yes please\n'],
  ])('%s stops: nothing is published, and the run fails', (_, answer) => {
    const folder = warned();
    const seen = atTerminal(folder, words, { when: question, answer });
    expect(seen).toMatchObject({ code: 1, typed: true });
    expect(seen.text).toContain('Nothing was published: the answer was no.');
    expect(readdirSync(folder)).toEqual(['examples']);
  });

  test.each(['y\n', 'YES\n'])('%j publishes', (answer) => {
    const folder = warned();
    const seen = atTerminal(folder, words, { when: question, answer });
    expect(seen).toMatchObject({ code: 0, typed: true });
    expect(seen.text).toContain(`published ${detections}`);
    expect(mldr(folder, ['verify', detections]).code).toBe(0);
  });

  test('sees warnings and plan before the question, and once', () => {
    const { text } = atTerminal(warned(), words, { when: question, answer: 'y\n' });
    const [before = '', after = ''] = text.split(question);
    expect(before).toContain('file-role-unknown');
    expect(before).toContain('claim    ');
    expect(after).not.toContain('file-role-unknown');
    expect(after.trimEnd().split('\n').at(-1)).toContain(`to releases/${detections}`);
  });

  test('ends at Ctrl-C with nothing done', () => {
    const folder = warned();
    const seen = atTerminal(folder, words, { when: question, answer: '\u0003' });
    expect(seen.typed).toBe(true);
    expect(seen.code).not.toBe(0);
    expect(existsSync(join(folder, 'releases'))).toBe(false);
  });

  test('is not asked with --accept-warnings, nor twice for what is published', () => {
    const folder = warned();
    const first = atTerminal(folder, [...words, '--accept-warnings'], { when: question, answer: 'n\n' });
    expect(first).toMatchObject({ code: 0, typed: false });
    const again = atTerminal(folder, words, { when: question, answer: 'n\n' });
    expect(again).toMatchObject({ code: 0, typed: false });
    expect(again.text).toContain('unchanged');
  });

  test('sees no line that is wider than the terminal while files are written', () => {
    const { text } = atTerminal(warned(), [...words, '--accept-warnings'], { when: '', answer: '', columns: 60 });
    const moving = text.split(/[\r\n]+/).filter((line) => line.startsWith('\u001b[2K'));
    expect(moving.length).toBeGreaterThan(4);
    expect(Math.max(...moving.map((line) => line.replace('\u001b[2K', '').length))).toBeLessThanOrEqual(60);
  });
});
