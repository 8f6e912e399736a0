import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environment, workFolder } from './mldr.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/^```console\n(.*?)^```$/gms)].map(([, text]) => text ?? '');

interface Shown {
  readonly command: string;
  readonly output: string;
}

/** The commands of a block, each with what the page says that it prints. */
function shown(block: string): Shown[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { command: part.slice(0, end), output: part.slice(end + 1) };
    });
}

/** A folder as a clone has it, with `mldr` on the path as after an install. */
function clone() {
  const folder = workFolder('ML-DGA-20261122-2', 'ML-experimental-detections-20261122-1');
  symlinkSync(resolve('dist'), join(folder, 'dist'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/mldr'), `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/cli.cjs')}" "$@"\n`, {
    mode: 0o755,
  });
  symlinkSync(process.execPath, join(folder, 'bin/node'));
  const env = environment();
  return { folder, env: { ...env, PATH: `${join(folder, 'bin')}:${env['PATH']}` } };
}

function run(command: string, place: ReturnType<typeof clone>): string {
  const { status, stdout } = spawnSync('sh', ['-c', command], {
    cwd: place.folder,
    env: place.env,
    encoding: 'utf8',
    input: '',
  });
  const exit = status === 0 ? '' : `[exit ${status}]\n`;
  return `${stdout.replace(/· \d+\.\d\d s$/gm, '· 0.14 s')}${exit}`;
}

describe('README.md', () => {
  it('prints what the program prints, block by block in one folder', () => {
    const place = clone();
    const said = blocks.flatMap(shown);
    expect(said.length).toBeGreaterThan(4);
    for (const { command, output } of said)
      expect(`$ ${command}\n${run(command, place)}`).toBe(`$ ${command}\n${output}`);
  });

  it('is short enough to be read', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });
});
