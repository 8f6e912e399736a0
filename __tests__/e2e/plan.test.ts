import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { step } from './action.ts';
import { detections, dga, mldr, workFolder } from './mldr.ts';

const read = (...parts: string[]) => JSON.parse(readFileSync(join(...parts), 'utf8'));

describe('the plan of a validation', () => {
  test('is that of a release, written where it is asked for', () => {
    const folder = workFolder(dga);
    expect(mldr(folder, ['validate', `examples/${dga}`, '--plan-out', 'validated.json'])).toMatchObject({ code: 0 });
    const words = ['release', `examples/${dga}`, '--dry-run', '--plan-out', 'released.json'];
    expect(mldr(folder, words)).toMatchObject({ code: 0 });
    expect(read(folder, 'validated.json')).toEqual(read(folder, 'released.json'));
    expect(readdirSync(folder).sort()).toEqual(['examples', 'released.json', 'validated.json']);
  });

  test('stands in the job summary and in the JSON report, and not on the terminal', () => {
    const folder = workFolder(dga);
    const done = step(folder, { bundle: `examples/${dga}`, store: 'dir:releases' });
    expect(done.summary).toContain('### What would be published');
    expect(done.summary).toContain('Release notes');
    expect(done.report?.subjects[0]).toMatchObject({ plan: { release: dga, operations: { length: 6 } } });
    expect(done.stdout).not.toContain('put ');
    expect(existsSync(join(folder, 'releases'))).toBe(false);
  });

  test('of what is published with these very files is empty, and said to be', () => {
    const folder = workFolder(dga);
    mldr(folder, ['release', `examples/${dga}`]);
    const done = step(folder, { bundle: `examples/${dga}`, store: 'dir:releases' });
    expect(done.summary).toContain('is published already, with these very files.');
    expect(done).toMatchObject({ code: 0 });
  });

  test('is none with an error, which a plan that was asked for says', () => {
    const folder = workFolder(dga);
    writeFileSync(join(folder, 'examples', dga, 'dga_1000_1.0_model.json'), '{');
    const ran = mldr(folder, ['validate', `examples/${dga}`, '--plan-out', 'plan.json']);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('No plan was written to plan.json.');
    expect(existsSync(join(folder, 'plan.json'))).toBe(false);
  });

  test('that is refused fails the run, whatever the checks were made to weigh', () => {
    const folder = workFolder(dga);
    mldr(folder, ['release', `examples/${dga}`]);
    writeFileSync(join(folder, 'examples', dga, 'README.md'), 'other bytes');
    const inputs = { bundle: `examples/${dga}`, store: 'dir:releases', severity: 'release-number-taken=note' };
    const done = step(folder, inputs);
    expect(done.code).toBe(1);
    expect(done.stdout).toContain(`\`${dga}\` cannot be released:`);
    expect(done.summary).toMatch(/^## .* cannot be released: .* other files/);
  });

  test('goes into one file for one bundle', () => {
    const folder = workFolder(dga, detections);
    const ran = mldr(folder, ['validate', '--plan-out', 'plan.json']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('takes the plan of one bundle, and here are 2');
  });
});
