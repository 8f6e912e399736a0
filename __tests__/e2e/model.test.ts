import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { cli, dga, environment, mldr, workFolder } from './mldr.ts';

const bundle = `examples/${dga}`;

test('model predict answers standard input row by row, before its end', async () => {
  const cwd = workFolder(dga);
  const child = spawn(process.execPath, [cli, 'model', 'predict', bundle, '--from', '-'], { cwd, env: environment() });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const first = new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
  child.stdin.write('take-lobsters.example\n');
  // The input is still open: who waits for its end would wait for ever.
  expect(JSON.parse(await first)).toMatchObject({ domain: 'take-lobsters.example', malicious_prediction: 1 });
  child.stdin.end();
  expect(await ended).toBe(0);
});

test('model predict writes answers to standard output alone, and how it went to standard error', () => {
  const input = 'a.example\n'.repeat(20_001);
  const { code, stdout, stderr } = mldr(workFolder(dga), ['model', 'predict', bundle, '--from', '-'], { input });
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(20_001);
  expect(stderr).toBe('✓ predict  20001 rows\n');
});

test.each([
  [['model', 'golden', 'wirte', bundle], '`mode` is `wirte`; it must be write or check.'],
  [['model', 'golden', 'write'], '`model golden` needs PATH.'],
  [['model', 'inspct', bundle], 'Did you mean `model inspect`?'],
  [['model', 'predict', bundle, '--from', '-', '--format', 'xml'], 'must be lines or ndjson or csv'],
])('%j is refused', (words, said) => {
  const { code, stderr } = mldr(workFolder(dga), words);
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
});
