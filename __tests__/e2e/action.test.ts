import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { step } from './action.ts';
import { detections, dga, mldr, noStack, workFolder } from './mldr.ts';
import { commandsIn, impureLines } from './pure.ts';

const commit = '1234567890abcdef1234567890abcdef12345678';

describe('the action', () => {
  test('releases, and its outputs are those of the release', () => {
    const folder = workFolder(dga);
    const done = step(folder, { command: 'release', bundle: `examples/${dga}` }, { GITHUB_SHA: commit });
    const release = join(folder, 'releases', dga);
    const zip = createHash('sha256')
      .update(readFileSync(join(release, `${dga}.zip`)))
      .digest('hex');
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.outputs).toEqual({
      outcome: 'passed',
      'release-name': dga,
      'release-url': expect.stringMatching(new RegExp(`${dga}$`)),
      'manifest-path': expect.stringMatching(new RegExp(`${dga}/manifest-${dga}\\.json$`)),
      'bundle-sha256': zip,
      'report-path': expect.any(String),
      deployment: '',
      'deployed-release': '',
      errors: '0',
      warnings: '0',
      notes: '0',
    });
    expect(existsSync(join(folder, done.outputs['manifest-path'] ?? ''))).toBe(true);
    expect(commandsIn(done.stdout)).toEqual([]);
    expect(done.summary).toContain(dga);
    expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
    expect(readFileSync(join(release, 'release.json'), 'utf8')).toContain(commit);
  });

  test('validates by default, whatever bundles lie below the workspace', () => {
    const done = step(workFolder(dga, detections), {});
    expect(done).toMatchObject({ code: 0 });
    expect(done.report?.subjects).toHaveLength(2);
    expect(done.outputs['outcome']).toBe('passed');
  });

  test('takes lists and globs one a line, and flags in the spellings of YAML', () => {
    const folder = workFolder(dga, detections);
    const bundle = `examples/ML-DGA-*\n  examples/${detections}  \n`;
    expect(step(folder, { bundle, quiet: 'True' }).report?.subjects).toHaveLength(2);
    expect(step(folder, { bundle, quiet: 'yes' })).toMatchObject({ code: 2 });
  });

  test('works from any working folder: paths start at the workspace', () => {
    const folder = workFolder(dga);
    mkdirSync(join(folder, 'elsewhere'));
    const inputs = { command: 'release', bundle: `examples/${dga}` };
    const done = step(folder, inputs, {}, join(folder, 'elsewhere'));
    expect(done).toMatchObject({ code: 0 });
    expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
  });

  test('needs neither a summary nor a temporary folder of the runner', () => {
    const more = { GITHUB_STEP_SUMMARY: '', GITHUB_ACTIONS: '' };
    expect(step(workFolder(dga), { bundle: `examples/${dga}` }, more)).toMatchObject({ code: 0 });
  });

  test('does not ask: warnings stop a release unless they are accepted', () => {
    const folder = workFolder(detections);
    writeFileSync(join(folder, 'examples', detections, 'stray.txt'), 'x');
    const inputs = { command: 'release', bundle: `examples/${detections}` };
    const stopped = step(folder, inputs);
    expect(stopped.code).toBe(1);
    expect(stopped.outputs).toMatchObject({ outcome: 'failed', warnings: '1', 'release-url': '', 'manifest-path': '' });
    expect(existsSync(join(folder, 'releases'))).toBe(false);
    expect(step(folder, { ...inputs, 'accept-warnings': 'true' })).toMatchObject({ code: 0 });
  });
});

describe('a failure of the action', () => {
  test.each([
    ['path-not-found', { command: 'release', bundle: 'none' }],
    ['usage', { command: 'relaese' }],
    ['usage', { command: 'validate', 'fail-on': 'never' }],
    ['store-unsupported', { command: 'list', store: 'ftp:releases' }],
    ['configuration-invalid', { command: 'validate', bundle: `examples/${dga}`, config: 'bad.toml' }],
  ])('%s is one annotation, an exit code of 2 and no stack trace', (code, inputs) => {
    const folder = workFolder(dga);
    writeFileSync(join(folder, 'bad.toml'), 'x = \n');
    const failed = step(folder, inputs);
    expect(failed.code).toBe(2);
    expect(failed.outputs['outcome']).toBe('failed');
    const commands = commandsIn(failed.stdout);
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(new RegExp(`^::error title=${code}::`));
    expect(noStack(failed)).toBe(true);
  });
});

describe('a hostile bundle', () => {
  const name = 'ML-experimental-detections-20261122-1';
  // What a file system of ours takes as the name of a file.
  const names = [
    'a\n::set-output name=outcome::passed.json',
    '::error title=forged::x.json',
    ' ::stop-commands::token.toml',
    '##[error]forged.json',
    'a%0A::warning::b.json',
    'right-\u202eto-left.toml',
    'color-\u001b[31mred.json',
    'x<<EOF\noutcome=passed\nEOF',
    '<script>alert(1).md',
    '![x](http:%2f%2fexample.invalid).md',
    '@everyone | `x` |.toml',
    '$(id)`id`.json',
  ];
  const folder = workFolder();
  mkdirSync(join(folder, name));
  for (const file of names) {
    const text = file.endsWith('.toml') ? 'name = "::error::x\\n"\n' : '{"name": "\\n::error::forged", "type": "x"}';
    writeFileSync(join(folder, name, file), text);
  }
  const done = step(folder, { command: 'validate', bundle: name });

  test('forges no workflow command', () => {
    const commands = commandsIn(done.stdout);
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.length).toBeLessThanOrEqual(11);
    for (const command of commands)
      expect(command).toMatch(
        /^::(error|warning|notice) ?(file=[^:]*,)?(line=\d+,)?(col=\d+,)?(endLine=\d+,)?(endColumn=\d+,)?(title=[a-z-]+)?::/,
      );
    const others = done.stdout.split('\n').filter((line) => !commands.includes(line));
    expect(impureLines(`${others.join('\n')}${done.stderr}`)).toEqual([]);
    expect(commands.filter((command) => /[\p{Cc}\p{Cf}\p{Cs}]/u.test(command))).toEqual([]);
  });

  test('forges no output', () => {
    expect(done.outputs).toMatchObject({ outcome: 'failed', 'release-name': '', 'bundle-sha256': '' });
    expect(Object.keys(done.outputs)).toHaveLength(11);
  });

  test('leaves the summary a summary', () => {
    expect(done.summary).not.toMatch(/<script|!\[x\]\(/);
    expect(impureLines(done.summary)).toEqual([]);
  });

  test('is no release by any other command', () => {
    for (const command of ['release', 'pack']) {
      const failed = step(folder, { command, bundle: name, 'accept-warnings': 'true' });
      expect(failed.code).toBe(1);
      expect(failed.outputs['release-url']).toBe('');
    }
  });
});

describe('very many findings', () => {
  test('are ten annotations, and a summary below 1 MiB that counts the rest', () => {
    const folder = workFolder();
    mkdirSync(join(folder, detections));
    for (let count = 0; count < 900; count += 1) {
      const file = join(folder, detections, `${String(count).padStart(4, '0')}-${'x'.repeat(200)}.json`);
      writeFileSync(file, JSON.stringify({ name: `${'Bad Name '.repeat(40)}${count}`, body: 1 }));
    }
    const done = step(folder, { bundle: detections });
    expect(done.code).toBe(1);
    expect(Number(done.outputs['errors'])).toBeGreaterThan(50);
    expect(commandsIn(done.stdout).filter((line) => !line.startsWith('::notice::'))).toHaveLength(10);
    expect(Buffer.byteLength(done.summary)).toBeLessThan(1024 * 1024);
    expect(done.summary).toMatch(/And \d+ more like these/);
  });
});
