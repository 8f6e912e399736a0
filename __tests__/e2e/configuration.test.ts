import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dga, mldr, noStack, workFolder } from './mldr.ts';

const file = 'ml-detection-release.toml';
const kind = '[[kind]]\nid = "ml-own"\nfamily = "ML-Own"\n';
const role = '[[kind.role]]\nid = "job"\npattern = "*.json"\nformat = "json"\n';
const severity = '[[severity]]\nreason = "why"\n';

/** What is wrong, the file, the place that has to be named, and words that have to be said. */
const faults: readonly (readonly [what: string, text: string, place: string, words: RegExp])[] = [
  ['an unknown key', 'version = 1\nfail_on = "error"\n', '2:1', /`fail_on` is not known here[\s\S]*`fail-on`/],
  ['an unknown key in a table', `${severity}chek = "x"\n`, '3:1', /`chek`/],
  ['a wrong type', 'store = 1\n', '1:9', /string/],
  ['a version that is none', 'version = 2\n', '1:11', /must/],
  ['a word that is none of the choices', 'fail-on = "never"\n', '1:11', /error, warning/],
  ['a missing key', '[[severity]]\ncheck = "json-syntax"\nseverity = "note"\n', '1:1', /`reason` is missing/],
  ['an unknown check', `${severity}check = "jsn-syntax"\nseverity = "note"\n`, '3:9', /`json-syntax`/],
  ['a bad date', `${severity}check = "json-syntax"\nseverity = "note"\nuntil = "2027-02-30"\n`, '5:9', /2027-02-30/],
  [
    'a bad date without quotes',
    `${severity}check = "json-syntax"\nseverity = "note"\nuntil = 2027-02-30\n`,
    '5:9',
    /./,
  ],
  ['an unknown limit', '[limits]\nentris = 1\n', '2:1', /`entris`[\s\S]*`entries`/],
  ['a limit above its ceiling', '[limits]\nentries = 10001\n', '2:11', /1 to 10000/],
  ['a limit of nothing', '[limits]\nentries = 0\n', '2:11', /1/],
  ['a bad pattern', `${kind}[[kind.role]]\nid = "x"\npattern = "<id>/<id>"\nformat = "json"\n`, '6:11', /<id>\/<id>/],
  ['a kind of a built-in name', `[[kind]]\nid = "ml-dga"\nfamily = "ML-Own"\n${role}`, '2:6', /`ml-dga` already/],
  ['a kind of a built-in family', `[[kind]]\nid = "ml-own"\nfamily = "ML-DGA"\n${role}`, '3:10', /`ML-DGA` already/],
  ['two kinds of one name', `${kind}${role}${kind}${role}`, '9:6', /`ml-own` already/],
  ['two roles of one name', `${kind}${role}${role}`, '9:6', /`job` already/],
  ['a kind without roles', kind, '1:1', /`role` is missing/],
  ['a family that can be no name of a release', `[[kind]]\nid = "x"\nfamily = "Own"\n${role}`, '3:10', /pattern/],
  ['no TOML', 'version = \n', '1:11', /./],
  ['a key twice', 'version = 1\nversion = 1\n', '2:1', /./],
  ['a forbidden key', '[__proto__]\nx = 1\n', '1:2', /./],
];

describe('a configuration with', () => {
  test.each(faults)('%s is an error at its place', (_, text, place, words) => {
    const folder = workFolder();
    writeFileSync(join(folder, file), text);
    const failed = mldr(folder, ['list']);
    expect(failed.stderr).toContain(`${file}:${place}: `);
    expect(failed).toMatchObject({ code: 2, stdout: '' });
    expect(failed.stderr).toContain('configuration-invalid');
    expect(failed.stderr).toMatch(words);
    expect(noStack(failed)).toBe(true);
  });
});

describe('--config', () => {
  test('names a file that must be there', () => {
    const failed = mldr(workFolder(), ['list', '--config', 'none.toml']);
    expect(failed.code).toBe(2);
    expect(failed.stderr).toContain('path-not-found');
  });

  test('stands in the place of the file of the folder, and names itself in errors', () => {
    const folder = workFolder();
    writeFileSync(join(folder, file), 'broken');
    writeFileSync(join(folder, 'other.toml'), 'store = "dir:elsewhere"\n');
    expect(mldr(folder, ['list', '--config', 'other.toml'])).toMatchObject({ code: 0 });
    writeFileSync(join(folder, 'other.toml'), 'x = 1\n');
    expect(mldr(folder, ['list', '--config', 'other.toml']).stderr).toContain('other.toml:1:1: ');
  });
});

describe('a severity of the configuration', () => {
  const weaker = (until: string) =>
    `[[severity]]\ncheck = "file-role-unknown"\nseverity = "note"\nreason = "a file of ours"\nuntil = "${until}"\n`;

  test.each([
    ['2026-11-22', 'note', 0],
    ['2026-11-21', 'error', 1],
  ])('that holds until %s makes it %s, and the report says why', (until, expected, code) => {
    const folder = workFolder(dga);
    writeFileSync(join(folder, 'examples', dga, 'stray.bin'), 'x');
    writeFileSync(join(folder, file), weaker(until));
    const ran = mldr(folder, ['validate', `examples/${dga}`, '--report', 'json']);
    const [subject] = JSON.parse(ran.stdout).subjects;
    const found = subject.diagnostics.find(({ check }: { check: string }) => check === 'file-role-unknown');
    expect(found.severity).toBe(expected);
    expect(ran.code).toBe(code);
    const shown = mldr(folder, ['validate', `examples/${dga}`]).stdout;
    if (expected === 'note') expect(shown).toMatch(/file-role-unknown[\s\S]*a file of ours/);
  });

  test('stands below a flag', () => {
    const folder = workFolder(dga);
    writeFileSync(join(folder, 'examples', dga, 'stray.bin'), 'x');
    writeFileSync(join(folder, file), weaker('2026-12-31'));
    const words = ['validate', `examples/${dga}`, '--severity', 'file-role-unknown=error'];
    expect(mldr(folder, words)).toMatchObject({ code: 1 });
  });
});
