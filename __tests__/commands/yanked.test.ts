import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporary } from '../e2e/mldr.ts';
import { type Told, told } from './told.ts';

const dga = 'ML-DGA-20261122-2';
const folder = temporary();
const manifest = join(folder, 'releases', dga, `manifest-${dga}.json`);

/** The diagnostics of a check. */
function found({ report }: Told, check: string): string[] {
  const diagnostics = report?.subjects.flatMap((subject) => subject.diagnostics) ?? [];
  return diagnostics.filter((each) => each.check === check).map(({ severity, message }) => `${severity} ${message}`);
}

/** Yanks a release in the configuration file. */
function yank(rows: string): void {
  writeFileSync(join(folder, 'ml-detection-release.toml'), rows);
}

function row(tag: string, digest: string, more = ''): string {
  return `[[yanked]]\ntag = "${tag}"\ndigest = "${digest}"\nreason = "it flags every domain"\n${more}`;
}

const digestOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

beforeAll(async () => {
  cpSync(join('examples', dga), join(folder, dga), { recursive: true });
  expect(await told({ command: 'release', bundle: [dga] }, folder)).toMatchObject({ exit: 0 });
  cpSync(join(folder, dga), join(folder, 'ML-DGA-20261122-3'), { recursive: true });
  yank(row(dga, digestOf(manifest), 'replacement = "ML-DGA-20261122-3"\n'));
});

const mark = 'yanked: it flags every domain; use ML-DGA-20261122-3 instead';

describe('a yanked release', () => {
  it('is named by a bundle that holds its files', async () => {
    const validated = await told({ command: 'validate', bundle: ['ML-DGA-20261122-3'] }, folder);
    const messages = found(validated, 'yanked-release-used');
    expect(messages).toHaveLength(6);
    expect(messages[0]).toBe(`warning The file is \`README.md\` of ${dga}, ${mark}.`);
    const refused = await told({ command: 'release', bundle: ['ML-DGA-20261122-3'] }, folder);
    expect(refused).toMatchObject({ exit: 1 });
    expect(existsSync(join(folder, 'releases', 'ML-DGA-20261122-3'))).toBe(false);
  });

  it('is named by a bundle of its own name', async () => {
    const validated = await told({ command: 'validate', bundle: [dga] }, folder);
    expect(found(validated, 'yanked-release-used')).toEqual([`warning \`${dga}\` is ${mark}.`]);
  });

  it('is marked by list and which, for people and for machines', async () => {
    const listed = await told({ command: 'list' }, folder);
    expect(listed.text).toBe(`${dga}  6 files  dga_1000_1.0  ${mark}\n`);
    const which = await told({ command: 'which', query: 'dga_1000_1.0' }, folder);
    expect(which.text).toBe(`${dga}  (by model)  ${mark}\n`);
    const facts = { reason: 'it flags every domain', replacement: 'ML-DGA-20261122-3' };
    expect(listed.result).toMatchObject({ releases: [{ name: dga, yanked: facts }] });
    expect(which.result).toMatchObject({ matches: [{ release: dga, yanked: facts }] });
  });

  it('is refused by get, before anything is written, unless it is asked for', async () => {
    const inputs = { command: 'get', release: dga, out: 'got' } as const;
    const refused = await told(inputs, folder);
    expect(refused).toMatchObject({ exit: 1, failure: { code: 'release-yanked' } });
    expect(refused.text).toContain('is yanked by ml-detection-release.toml: it flags every domain.');
    expect(refused.text).toContain('Take `ML-DGA-20261122-3`. To have this one all the same: --allow-yanked.');
    expect(existsSync(join(folder, 'got'))).toBe(false);
    const allowed = await told({ ...inputs, 'allow-yanked': true }, folder);
    expect(allowed).toMatchObject({ exit: 0, result: { yanked: { reason: 'it flags every domain' } } });
    expect(allowed.text).toContain(`  ! ${mark}\n✓ verified`);
    expect(existsSync(join(folder, 'got', dga, 'README.md'))).toBe(true);
  });

  it('is said by verify, which proves it all the same', async () => {
    const verified = await told({ command: 'verify', release: dga }, folder);
    expect(verified.exit).toBe(0);
    expect(verified.text).toContain(`  ! ${mark}\n✓ verified`);
  });
});

describe('an entry that does not fit the store', () => {
  const other = '0'.repeat(64);

  it('with the digest of something else counts, and is said by every command', async () => {
    yank(row(dga, `sha256:${other.toUpperCase()}`));
    const wrong = `yanks ${dga} with a manifest of sha256 ${other}; published is ${digestOf(manifest)}. It counts as yanked`;
    expect((await told({ command: 'list' }, folder)).text).toContain(wrong);
    expect((await told({ command: 'which', query: 'dga_1000_1.0' }, folder)).text).toContain(wrong);
    expect((await told({ command: 'verify', release: dga }, folder)).text).toContain(wrong);
    const validated = await told({ command: 'validate', bundle: [dga] }, folder);
    expect(found(validated, 'yanked-release-used').join('\n')).toContain(wrong);
    const refused = await told({ command: 'get', release: dga, out: 'wrong' }, folder);
    expect(refused.exit).toBe(1);
    expect(refused.text).toContain(`has the manifest ${other}, and published is ${digestOf(manifest)}`);
  });

  it('of a release that is not there is said, and its number is never used', async () => {
    yank(row('ML-DGA-20261101-9', other));
    expect((await told({ command: 'list' }, folder)).text).toContain(
      'yanks ML-DGA-20261101-9, which is not in the store',
    );
    expect((await told({ command: 'next-name', kind: 'ml-dga' }, folder)).text).toBe('ML-DGA-20261122-10\n');
    cpSync(join(folder, dga), join(folder, 'ML-DGA-20261101-9'), { recursive: true });
    const validated = await told({ command: 'validate', bundle: ['ML-DGA-20261101-9'] }, folder);
    expect(found(validated, 'release-number-taken')[0]).toContain('its name is never used again');
    const inputs = { command: 'release', bundle: [dga], next: true, 'accept-warnings': true } as const;
    writeFileSync(join(folder, dga, 'README.md'), 'New words.\n');
    const released = await told(inputs, folder);
    expect(released.report?.subjects[0]?.release?.name).toBe('ML-DGA-20261122-10');
    rmSync(join(folder, 'ML-DGA-20261101-9'), { recursive: true });
  });

  it('is no obstacle to a store that has nothing to do with it', async () => {
    yank(row('ML-Own-20261101-9', other));
    expect((await told({ command: 'next-name', kind: 'ml-dga' }, folder)).text).toBe('ML-DGA-20261122-11\n');
  });
});

it('a release that rests on a yanked one needs an answer', async () => {
  const detections = 'ML-experimental-detections-20261122-1';
  cpSync(join('examples', detections), join(folder, detections), { recursive: true });
  yank(row(dga, digestOf(manifest)));
  const inputs = { command: 'release', bundle: [detections], 'built-on': dga } as const;
  const refused = await told(inputs, folder);
  expect(refused).toMatchObject({ exit: 1 });
  expect(found(refused, 'yanked-release-used')).toEqual([
    `warning The bundle rests on ${dga}, yanked: it flags every domain.`,
  ]);
  renameSync(join(folder, 'ml-detection-release.toml'), join(folder, 'elsewhere.toml'));
  expect(await told(inputs, folder)).toMatchObject({ exit: 0 });
});
