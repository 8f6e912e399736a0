import { describe, expect, it } from 'vitest';
import { emptyHistory, type History } from '../../src/domain/history.ts';
import { namesDigest, newestWithFiles, planPublish } from '../../src/publish/plan.ts';

const sha = (digit: string): string => digit.repeat(64);
const name = 'ML-DGA-20261122-2';
const entries = [
  { path: 'a.json', sha256: sha('a') },
  { path: 'b.json', sha256: sha('b') },
];
const assets = [
  { name: `${name}.zip`, size: 10, sha256: sha('1') },
  { name: 'SHA256SUMS', size: 20, sha256: sha('2') },
];
const release = (of: string, files = entries) => ({ name: of, manifestSha256: sha('f'), models: [], entries: files });
const historyOf = (more: Partial<History>): History => ({ ...emptyHistory('dir:releases'), ...more });
const plan = (history: Partial<History>) => planPublish({ name, entries, assets, history: historyOf(history) });

/** What planning is refused with. */
function refusal(history: Partial<History>): unknown {
  try {
    return plan(history);
  } catch (error) {
    return error;
  }
}

describe('planning', () => {
  it('claims, puts each asset, and commits exactly these; plain data', () => {
    const before = ['ML-DGA-20261121-1'];
    const planned = plan({ names: before, releases: [release('ML-DGA-20261121-1')] });
    expect(planned).toEqual({
      version: 1,
      store: 'dir:releases',
      release: name,
      operations: [
        { do: 'claim', name, after: before[0], requires: { absent: true, history: namesDigest(before) } },
        ...assets.map((asset) => ({ do: 'put', asset, requires: { absent: true } })),
        { do: 'commit', name, requires: { assets } },
      ],
    });
    expect(JSON.parse(JSON.stringify(planned))).toEqual(planned);
  });

  it('names the last release of the family, and none of another', () => {
    const claim = (names: string[]) => plan({ names }).operations[0];
    expect(claim([])).not.toHaveProperty('after');
    expect(claim(['ML-Other-20261120-9', 'v1.0'])).not.toHaveProperty('after');
    const names = ['ML-DGA-20200101-3', 'ML-DGA-20261120-1', 'ML-Other-20261120-9'];
    expect(claim(names)).toMatchObject({ after: 'ML-DGA-20200101-3' });
  });

  it('takes no more of an asset than belongs into a plan', () => {
    const [first] = assets;
    const open = () => [];
    const more = [{ ...first, name: 'a', size: 1, sha256: sha('1'), open }];
    const planned = planPublish({ name, entries, assets: more, history: historyOf({}) });
    expect(JSON.parse(JSON.stringify(planned))).toEqual(planned);
  });

  it('plans nothing where the name is published with these very files, in whatever order', () => {
    expect(plan({ names: [name], releases: [release(name, entries.toReversed())] }).operations).toEqual([]);
  });

  it.each([
    ['other bytes', [entries[0], { path: 'b.json', sha256: sha('c') }], '`b.json` differs'],
    ['a file more', [...entries, { path: 'c.json', sha256: sha('c') }], '`c.json` is in it only'],
    ['a file less', [entries[0]], '`b.json` is not in it'],
    ['nothing in common', [{ path: 'x', sha256: sha('c') }], '`a.json` is not in it, and 2 more'],
  ])('refuses a name that is published with %s', (_, files, message) => {
    const published = release(
      name,
      files.filter((file) => file !== undefined),
    );
    expect(refusal({ names: [name], releases: [published] })).toMatchObject({
      code: 'release-exists',
      message: expect.stringContaining(message),
    });
  });

  it('refuses a name that is published without a manifest', () => {
    expect(refusal({ names: [name], withoutManifest: [name] })).toMatchObject({
      code: 'release-exists',
      message: expect.stringContaining('cannot be compared'),
    });
  });

  it('refuses a name that was taken out of the store, with the same files too', () => {
    expect(refusal({ names: [name], releases: [release(name)], removed: [name] })).toMatchObject({
      code: 'release-exists',
      message: expect.stringContaining('taken away'),
    });
  });

  it('refuses a number that the family has with another date, and no other', () => {
    expect(refusal({ names: ['ML-DGA-20261101-2'] })).toMatchObject({
      code: 'number-lost',
      message: expect.stringContaining('`ML-DGA-20261101-2`'),
    });
    const others = ['ML-DGA-20261101-22', 'ML-DGA-Other-20261101-2', 'ML-DGA-20261101-2-rc', 'ML-DGA-20261101-9'];
    expect(plan({ names: others }).operations).toHaveLength(4);
  });

  it('requires what is in the store, not what was taken out of it', () => {
    const [claim] = plan({ names: ['ML-A-20261122-1', 'ML-B-20261122-1'], removed: ['ML-B-20261122-1'] }).operations;
    expect(claim).toMatchObject({ requires: { history: namesDigest(['ML-A-20261122-1']) } });
  });
});

describe('the digest of names', () => {
  it('depends on the set of names alone', () => {
    expect(namesDigest(['b', 'a'])).toBe(namesDigest(['a', 'b']));
    expect(namesDigest(['a', 'b'])).not.toBe(namesDigest(['ab']));
    expect(namesDigest([])).not.toBe(namesDigest(['']));
  });
});

describe('with --next', () => {
  const find = (history: Partial<History>) => newestWithFiles('ML-DGA', entries, historyOf(history))?.name;
  const older = 'ML-DGA-20261121-1';

  it('finds the last of the family where it holds these very files', () => {
    const files = [{ path: 'x', sha256: sha('c') }];
    expect(find({ names: [older, name], releases: [release(older, files), release(name)] })).toBe(name);
    expect(find({ names: [older, name], releases: [release(older), release(name, files)] })).toBeUndefined();
    expect(find({ names: [name], removed: [name], releases: [release(name)] })).toBeUndefined();
    expect(find({ names: ['ML-Other-20261122-3'], releases: [release('ML-Other-20261122-3')] })).toBeUndefined();
  });
});
