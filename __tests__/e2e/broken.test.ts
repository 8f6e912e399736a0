import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Broken, brokenBundles, buildBroken, earlierOf } from '../broken.ts';
import { step } from './action.ts';
import { mldr, noStack, temporary } from './mldr.ts';
import { commandsIn, impureLines } from './pure.ts';

interface Diagnostic {
  readonly check: string;
  readonly severity: string;
  readonly file?: string;
}

const scratch = temporary();

/** A folder with the variant, and a store with the manifests of its earlier releases. */
function place(broken: Broken): string {
  const folder = join(scratch, broken.variant);
  buildBroken(broken, folder);
  for (const { name, manifest } of earlierOf(broken)) {
    mkdirSync(join(folder, 'releases', name), { recursive: true });
    copyFileSync(manifest, join(folder, 'releases', name, basename(manifest)));
  }
  return folder;
}

describe.each(brokenBundles.map((broken) => [broken.variant, broken] as const))('%s', (_variant, broken) => {
  const { bundle, check, severity, file, line, column, also = [] } = broken;
  const folder = place(broken);
  const ran = mldr(folder, ['validate', bundle, '--report', 'json']);
  const [subject] = JSON.parse(ran.stdout).subjects;
  const diagnostics: readonly Diagnostic[] = subject.diagnostics;

  test('is told by the command line, and nothing else that does not follow from it', () => {
    const heavy = diagnostics.filter((each) => each.severity !== 'note');
    const found = heavy.filter((each) => each.check === check);
    expect(found).toEqual([
      expect.objectContaining({ severity, ...(file && { file }), ...(line && { line }), ...(column && { column }) }),
    ]);
    expect(heavy.filter((each) => each.check !== check && !also.includes(each.check))).toEqual([]);
    expect(subject.verdict).toBe(severity === 'error' ? 'reject' : 'warn');
    expect(ran.code).toBe(severity === 'error' ? 1 : 0);
  });

  test('is told by the action in the same words', () => {
    const done = step(folder, { command: 'validate', bundle });
    expect(done.report?.subjects[0]?.diagnostics).toEqual(diagnostics);
    expect(done.code).toBe(ran.code);
    const counted = (wanted: string) => String(diagnostics.filter((each) => each.severity === wanted).length);
    expect(done.outputs).toEqual({
      outcome: severity === 'error' ? 'failed' : 'passed',
      'release-name': '',
      'release-url': '',
      'manifest-path': '',
      'bundle-sha256': '',
      deployment: '',
      'deployed-release': '',
      'report-path': expect.stringContaining('.json'),
      errors: counted('error'),
      warnings: counted('warning'),
      notes: counted('note'),
    });
    const commands = commandsIn(done.stdout);
    expect(commands).toHaveLength(diagnostics.length);
    expect(commands.every((each) => /^::(error|warning|notice) (file=[^,:]+,.*)?title=[a-z-]+::\S/.test(each))).toBe(
      true,
    );
    expect(commands.some((each) => each.includes(`title=${check}::`))).toBe(true);
    expect(done.summary).toContain(check);
  });

  test('stops a release with nothing published, and leaves the lines of its output pure', () => {
    const released = mldr(folder, ['release', bundle]);
    expect(released.code).toBe(1);
    expect(released.stdout).toContain(check);
    expect(noStack(released)).toBe(true);
    expect(impureLines(released.stdout + released.stderr)).toEqual([]);
    expect(mldr(folder, ['list']).stdout).not.toContain(bundle);
  });
});
