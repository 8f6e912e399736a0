import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dga, environment, mldr, noStack, type Ran, workFolder } from './mldr.ts';
import { start } from './started.ts';

const eight = [1, 2, 3, 4, 5, 6, 7, 8];

/** Eight bundles of one family with different bytes, each in a folder of no release name. */
function candidates(folder: string, round: number): string[] {
  return eight.map((number) => {
    const path = `candidate-${round}-${number}`;
    cpSync(join('examples', dga), join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, 'README.md'), `Round ${round}, process ${number}.\n`);
    return path;
  });
}

function releases(folder: string): string[] {
  return readdirSync(join(folder, 'releases')).filter((name) => !name.startsWith('.'));
}

function numberOf(name: string): number {
  return Number(name.split('-').at(-1));
}

/** The names that the index of a release lists. */
function listedBy(folder: string, name: string): string[] {
  const index = JSON.parse(readFileSync(join(folder, 'releases', name, 'index.json'), 'utf8'));
  return index.releases.map((release: { name: string }) => release.name);
}

describe('eight releases of one family at once', () => {
  const folder = workFolder();
  const rounds = [1, 2, 3];

  test.each(rounds)('round %i: eight numbers, all sound, none lost', async (round) => {
    const words = (path: string) => ['release', path, '--kind', 'ml-dga', '--next', '--accept-warnings'];
    // Once by the clock; else all are published in the same second, and the names alone tell which is the newest.
    const { SOURCE_DATE_EPOCH: _, ...clock } = environment();
    const env = round === 2 ? clock : environment();
    const ran = await Promise.all(candidates(folder, round).map((path) => start(folder, words(path), env).ended));
    expect(ran.map(({ code, stderr }) => (code === 0 ? 'published' : stderr))).toEqual(eight.map(() => 'published'));
    const said = ran.map(({ stdout }) => /✓ published (\S+)/.exec(stdout)?.[1] ?? stdout);
    expect(new Set(said).size).toBe(8);
    // Whoever gives up a number leaves no gap behind: the family counts on without one.
    const numbers = releases(folder).map(numberOf);
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 8 * round }, (_, at) => at + 1));
    for (const name of said) expect(mldr(folder, ['verify', name])).toMatchObject({ code: 0 });
  });

  test('the store holds no claim, no draft and nothing half-written', () => {
    const left = ['.claims', '.drafts'].flatMap((name) => readdirSync(join(folder, 'releases', name)));
    expect(left).toEqual([]);
  });

  test('the history lists all of them, and a rebuilt index nothing else', () => {
    const names = releases(folder).sort();
    const { stdout } = mldr(folder, ['list', '--report', 'json']);
    const { result } = JSON.parse(stdout);
    expect(result.releases.map(({ name }: { name: string }) => name).sort()).toEqual(names);
    expect(result.releases.every(({ manifest }: { manifest: boolean }) => manifest)).toBe(true);
    expect(mldr(folder, ['reindex']).stdout).not.toContain('not to be trusted');
  });

  test('the next release unites what went on at once: its index lists every one', () => {
    writeFileSync(join(folder, 'candidate-1-1', 'README.md'), 'After all of them.\n');
    const words = ['release', 'candidate-1-1', '--kind', 'ml-dga', '--next', '--accept-warnings'];
    expect(mldr(folder, words)).toMatchObject({ code: 0 });
    const names = releases(folder);
    const last = names.sort((a, b) => numberOf(a) - numberOf(b)).at(-1) ?? '';
    expect(listedBy(folder, last).sort()).toEqual([...names].sort());
  });
});

describe('eight releases of the very same name', () => {
  const outcome = ({ code, stdout, stderr }: Ran): string => {
    if (stdout.includes('release-number-taken')) return 'release-exists';
    if (code === 0) return stdout.includes('✓ published') ? 'published' : 'unchanged';
    return /^failed {3}(\S+)/m.exec(stderr)?.[1] ?? `broken: ${stdout}${stderr}`;
  };

  test.each([1, 2])('and bytes (round %i): one publishes, and nothing breaks', async () => {
    const folder = workFolder(dga);
    const ran = await Promise.all(eight.map(() => start(folder, ['release', `examples/${dga}`]).ended));
    const outcomes = ran.map(outcome);
    expect(outcomes.filter((each) => each === 'published')).toHaveLength(1);
    for (const each of outcomes) expect(['published', 'unchanged', 'claim-held', 'number-lost']).toContain(each);
    expect(ran.every(noStack)).toBe(true);
    expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
    expect(releases(folder)).toEqual([dga]);
    expect(mldr(folder, ['release', `examples/${dga}`]).stdout).toContain('unchanged');
  });

  test('and other bytes: one publishes, the others are refused', async () => {
    const folder = workFolder();
    const ran = await Promise.all(
      candidates(folder, 1).map((path, at) => {
        const place = join(folder, `place-${at}`);
        cpSync(join(folder, path), join(place, dga), { recursive: true });
        return start(folder, ['release', `place-${at}/${dga}`]).ended;
      }),
    );
    const outcomes = ran.map(outcome);
    expect(outcomes.filter((each) => each === 'published')).toHaveLength(1);
    const refusals = ['release-exists', 'claim-held', 'number-lost'];
    expect(outcomes.filter((each) => each !== 'published').every((each) => refusals.includes(each))).toBe(true);
    expect(ran.every(noStack)).toBe(true);
    const winner = outcomes.indexOf('published');
    const { stdout } = mldr(folder, ['diff', dga, `place-${winner}/${dga}`]);
    expect(stdout).toContain('The same files');
    expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
  });

  test('a killed rival leaves a name that the others can still have', async () => {
    const folder = workFolder(dga);
    const killed = start(folder, ['release', `examples/${dga}`]);
    setTimeout(() => killed.child.kill('SIGKILL'), 150);
    await killed.ended;
    const ran = await Promise.all(eight.map(() => start(folder, ['release', `examples/${dga}`]).ended));
    expect(ran.map(outcome).filter((each) => each.startsWith('broken'))).toEqual([]);
    expect(mldr(folder, ['verify', dga])).toMatchObject({ code: 0 });
  });
});
