import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { root, textOf } from './architecture/sources.ts';

const files = readdirSync(join(root, 'dist')).sort();
const code = files.filter((name) => name.endsWith('.cjs'));

/** Package to the files of dist that hold its code, as LICENSES.txt says. */
const holders = new Map(
  [...textOf('dist/LICENSES.txt').matchAll(/^(\S+) \S+ \(.+\) in (.+)$/gm)].map(([, name, parts]) => [
    name,
    parts?.split(', '),
  ]),
);

/** Files of dist that a run loads, from its start to its end: of the command line, or of the action. */
function loadedBy(args: readonly string[], program = 'cli', inputs: Record<string, string> = {}): string[] {
  const script = `process.argv.splice(1, 0, 'mldr');
    process.on('exit', () => process.stderr.write('\\nloaded ' + JSON.stringify(Object.keys(require.cache))));
    require('./dist/${program}.cjs');`;
  const env = { PATH: process.env['PATH'], ...inputs };
  const { stderr } = spawnSync(process.execPath, ['-e', script, '--', ...args], { cwd: root, encoding: 'utf8', env });
  const loaded: string[] = JSON.parse(stderr.slice(stderr.lastIndexOf('loaded ') + 'loaded '.length));
  return loaded.map((path) => basename(path));
}

describe('what the command line loads', () => {
  const runner = [...holders].flatMap(([name, parts]) => (name?.startsWith('@actions/') ? (parts ?? []) : []));

  it.each(['--version', '--help', 'list', 'validate examples/ML-DGA-20261122-2'])('%s: nothing of @actions', (line) => {
    expect(runner.length).toBeGreaterThan(2);
    const loaded = loadedBy(line.split(' '));
    expect(loaded).toContain('cli.cjs');
    expect(loaded.filter((name) => runner.includes(name))).toEqual([]);
  });

  it('--version loads no parser', () => {
    const parsers = ['jsonc-parser', 'smol-toml', 'toml-eslint-parser'].flatMap((name) => holders.get(name) ?? []);
    expect(parsers.length).toBeGreaterThan(0);
    expect(loadedBy(['--version']).filter((name) => parsers.includes(name))).toEqual([]);
  });
});

it('the action loads no HTTP client to validate against a folder', () => {
  const runner = mkdtempSync(join(tmpdir(), 'runner-'));
  onTestFinished(() => rmSync(runner, { recursive: true }));
  const inputs = { INPUT_BUNDLE: 'examples/ML-DGA-20261122-2', INPUT_STORE: 'dir:releases', RUNNER_TEMP: runner };
  const clients = ['undici', 'tunnel', '@actions/github'].flatMap((name) => holders.get(name) ?? []);
  expect(clients.length).toBeGreaterThan(0);
  const loaded = loadedBy([], 'index', inputs);
  expect(loaded).toContain('core.cjs');
  expect(loaded.filter((name) => clients.includes(name))).toEqual([]);
});

describe('dist', () => {
  it('runs where nothing is installed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dist-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(join(root, 'dist'), folder, { recursive: true });
    expect(execFileSync(join(folder, 'cli.cjs'), ['--version'], { encoding: 'utf8' })).toContain(packageJson.version);
  });

  it('requires its own parts and modules of Node, and nothing else', () => {
    const required = code.flatMap((name) =>
      [...textOf(`dist/${name}`).matchAll(/(?<!')\brequire\("([^"]+)"\)/g)].map((match) => match[1] ?? ''),
    );
    expect(required.length).toBeGreaterThan(code.length);
    expect(required.filter((name) => !isBuiltin(name) && !files.includes(name.replace(/^\.\//, '')))).toEqual([]);
  });

  it('has no part that nothing requires', () => {
    const parts = code.filter((name) => name.startsWith('part-'));
    const whole = code.map((name) => textOf(`dist/${name}`)).join('\n');
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.filter((name) => !whole.includes(`"./${name}"`))).toEqual([]);
  });

  it('is the same wherever it is built', () => {
    expect(files.filter((name) => textOf(`dist/${name}`).includes(root))).toEqual([]);
    expect(files.filter((name) => textOf(`dist/${name}`).includes('\r\n'))).toEqual([]);
  });

  it('brings the licence of every package it is made of', () => {
    expect([...holders.keys()]).toEqual(expect.arrayContaining(Object.keys(packageJson.dependencies)));
    for (const parts of holders.values()) expect(files).toEqual(expect.arrayContaining(parts ?? []));
  });
});
