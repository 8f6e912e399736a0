import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../src/command-line.ts';
import { commandLine } from '../src/repeat.ts';

describe('commandLine', () => {
  it('gives a command line that is read back as the same inputs', () => {
    const inputs = {
      command: 'release',
      bundle: ["bundles/it's one", 'b'],
      store: 'dir:my releases',
      severity: ['json-number-range=note', 'readme-missing=off'],
      'dry-run': true,
      next: false,
    } as const;
    const shell = commandLine(inputs).replace(/^mldr/, 'printf "%s\\n"');
    const words = execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).trimEnd().split('\n');
    const { next: _, ...given } = inputs;
    expect(parseCommandLine(words)).toEqual({ kind: 'run', inputs: given });
  });

  it('names in the order of the command what stands without a flag', () => {
    const remove = { command: 'elastic delete-job', name: 'a-job', type: 'datafeed' } as const;
    expect(commandLine(remove)).toBe('mldr elastic delete-job a-job datafeed');
    expect(commandLine({ command: 'diff', other: 'two', release: 'one' })).toBe('mldr diff one two');
  });

  it('leaves out what belongs to the run', () => {
    expect(commandLine({ command: 'validate', report: ['json=x'], quiet: true })).toBe('mldr validate');
  });
});
