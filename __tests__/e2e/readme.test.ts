import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, environment, temporary } from './mldr.ts';

/** The documents whose console blocks are run; the pages of the checks have tests of their own. */
const documents = ['README.md', ...markdownBelow('docs')];

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return path === 'docs/checks' ? [] : markdownBelow(path);
    return path.endsWith('.md') ? [path] : [];
  });
}

/** One command of a document, and what the document says that it prints. */
interface Step {
  readonly line: number;
  readonly command: string;
  readonly output: string;
}

function stepsOf(document: string): Step[] {
  const steps: { line: number; command: string; output: string[] }[] = [];
  let inside = false;
  for (const [index, text] of readFileSync(document, 'utf8').split('\n').entries()) {
    if (text.startsWith('```')) inside = text === '```console';
    else if (inside && text.startsWith('$ ')) steps.push({ line: index + 1, command: text.slice(2), output: [] });
    else if (inside) steps.at(-1)?.output.push(text);
  }
  return steps.map(({ output, ...step }) => ({ ...step, output: output.join('\n') }));
}

/** A folder as a clone is, for one document: the program, the examples, and `mldr` as a command. */
function clone(): { folder: string; path: string } {
  const folder = temporary();
  const bin = temporary();
  cpSync('examples', join(folder, 'examples'), { recursive: true });
  symlinkSync(resolve('dist'), join(folder, 'dist'));
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'mldr'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  symlinkSync(process.execPath, join(bin, 'node'));
  chmodSync(join(bin, 'mldr'), 0o755);
  return { folder, path: `${bin}:${process.env['PATH'] ?? ''}` };
}

/** What a reader would copy into the document: the answer, a failure if there is one, and the exit code. */
function outputOf(command: string, cwd: string, path: string): string {
  const ran = spawnSync('sh', ['-c', command], { cwd, env: environment({ PATH: path }), encoding: 'utf8' });
  // Progress goes to standard error, and is no part of the answer.
  const said = `${ran.stdout}${ran.status !== null && ran.status > 1 ? ran.stderr : ''}`;
  return `${said}${ran.status === 0 ? '' : `[exit ${ran.status}]\n`}`.trimEnd();
}

/** How long it took is another matter each time; everything else is not. */
function withoutDuration(text: string): string {
  return text.replace(/· \d+(\.\d+)? s$/gm, '· … s');
}

describe.each(documents)('%s', (document) => {
  const steps = stepsOf(document);
  const { folder, path } = clone();

  test('prints what its commands print, in their order', () => {
    const said = steps.map(({ line, command, output }) => ({
      line,
      command,
      output: withoutDuration(output.trimEnd()),
    }));
    const done = steps.map(({ line, command }) => ({
      line,
      command,
      output: withoutDuration(outputOf(command, folder, path)),
    }));
    expect(done).toEqual(said);
  });
});

test('the README runs commands, and has 150 lines at most', () => {
  expect(stepsOf('README.md').length).toBeGreaterThan(3);
  expect(readFileSync('README.md', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});
