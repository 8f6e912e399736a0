import { closeSync, ftruncateSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readingProgress } from '../../src/reading-progress.ts';
import { dga, mldr, workFolder } from './mldr.ts';
import { atTerminal, hasTerminals } from './pseudo-terminal.ts';

const clear = '\r\u001b[2K';

/** A bundle with a file of 70 MB beside what it publishes, which takes no room on the disk. */
function large(): string {
  const folder = workFolder(dga);
  mkdirSync(join(folder, 'examples', dga, '_dev'));
  const file = openSync(join(folder, 'examples', dga, '_dev', 'labelled.bin'), 'w');
  ftruncateSync(file, 70_000_000);
  closeSync(file);
  return folder;
}

describe.runIf(hasTerminals)('at a terminal', () => {
  test('a large bundle tells how much of it was read, and leaves nothing of that behind', () => {
    const { code, text } = atTerminal(large(), ['validate', `examples/${dga}`], { when: 'never', answer: '' });
    expect(code).toBe(0);
    const shown = text.split(clear);
    expect(shown.filter((part) => /^… read {5}ML-DGA-20261122-2 {2}\d+\.\d MB$/.test(part))).toHaveLength(2);
    expect(shown.at(-1)).toContain(dga);
    expect(shown.at(-1)).not.toContain('read ');
  });

  test('a small one tells nothing, and neither does a quiet run', () => {
    const words = ['validate', `examples/${dga}`];
    expect(atTerminal(workFolder(dga), words, { when: 'never', answer: '' }).text).not.toContain(clear);
    expect(atTerminal(large(), [...words, '--quiet'], { when: 'never', answer: '' }).text).toBe('');
  });
});

test('in a log a large bundle is read without a word', () => {
  expect(mldr(large(), ['validate', `examples/${dga}`])).toMatchObject({ code: 0, stderr: '' });
});

test('is told every 32 MiB, and taken back once, where something was told', () => {
  const told: string[] = [];
  const host = {
    progress: ({ text, clear: gone }: { text: string; clear?: true }) => void told.push(gone ? '-' : text),
  };
  const small = readingProgress(host, 'small');
  small.read(2 ** 25 - 1);
  small.end();
  expect(told).toEqual([]);
  const big = readingProgress(host, 'big');
  for (let read = 0; read < 400; read += 1) big.read(2 ** 18);
  big.end();
  expect(told).toEqual(['read     big  33.6 MB', 'read     big  67.1 MB', 'read     big  101 MB', '-']);
});
