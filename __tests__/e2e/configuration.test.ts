import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mldr, noStack, workFolder } from './mldr.ts';

const kind = '[[kind]]\nid = "k"\nfamily = "ML-K"\n[[kind.role]]\nid = "r"\nformat = "json"\n';

function configured(text: string, ...words: string[]) {
  const folder = workFolder('ML-DGA-20261122-2');
  writeFileSync(join(folder, 'ml-detection-release.toml'), text);
  return mldr(folder, ['validate', ...words]);
}

describe('a configuration that is not valid', () => {
  it.each([
    ['unknown key', 'stroe = "dir:x"\n', '1:1: The key `stroe` is not known here.', 'Did you mean `store`?'],
    ['unknown key inside', `${kind}pattern = "*"\ncont = "one"\n`, '8:1: The key `cont`', 'Did you mean `count`?'],
    ['wrong type', 'version = 1\nstore = 3\n', '2:9:', 'string'],
    ['wrong word', 'fail-on = "never"\n', '1:11: The value must be error, warning.', ''],
    [
      'missing reason',
      '[[severity]]\ncheck = "json-syntax"\nseverity = "note"\n',
      'The key `reason` is missing here.',
      '',
    ],
    [
      'unknown check',
      '[[severity]]\ncheck = "json-sintax"\nseverity = "note"\nreason = "r"\n',
      '2:9: There is no check `json-sintax`.',
      '`json-syntax`',
    ],
    [
      'no day',
      '[[severity]]\ncheck = "json-syntax"\nseverity = "note"\nreason = "r"\nuntil = "2026-02-30"\n',
      '5:9: `2026-02-30` is no day',
      '',
    ],
    [
      'a firm check',
      '[[severity]]\ncheck = "archive-bomb"\nseverity = "off"\nreason = "r"\n',
      '3:12: The check `archive-bomb` cannot be made lighter.',
      '',
    ],
    ['a limit above its ceiling', '[limits]\nratio = 100000\n', '2:9: The limit `ratio` must be', '1000'],
    ['an unknown limit', '[limits]\nratoi = 1\n', '2:1: The key `ratoi`', ''],
    ['a pattern', `${kind}pattern = "a?"\n`, '7:11: The pattern `a?` cannot be used', 'are not known'],
    ['a climbing pattern', `${kind}pattern = "../*"\n`, '7:11: The pattern', 'plain path'],
    [
      'a family',
      '[[kind]]\nid = "k"\nfamily = "dga"\n[[kind.role]]\nid = "r"\nformat = "json"\npattern = "*"\n',
      '3:10:',
      'pattern',
    ],
    ['no roles', '[[kind]]\nid = "k"\nfamily = "ML-K"\n', 'The key `role` is missing here.', ''],
    ['syntax', 'store = "dir:x\n', '1:15: This is not TOML', ''],
    ['a prototype', '[__proto__]\nx = 1\n', '1:2:', ''],
  ])('%s: told with its place', (_, text, message, help) => {
    const ran = configured(text);
    expect(ran.stderr).toContain('failed   configuration-invalid');
    expect(ran.stderr).toContain(`ml-detection-release.toml:`);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).toContain(help);
    expect([ran.code, ran.stdout, noStack(ran)]).toEqual([2, '', true]);
  });

  it('a file that is named and not there', () => {
    expect(configured('', '--config', 'other.toml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('path-not-found'),
    });
  });
});

describe('a configuration that weakens', () => {
  it('is printed, with reason and day', () => {
    const text =
      '[limits]\nentries = 2000\n[[severity]]\ncheck = "file-role-unknown"\nseverity = "note"\nreason = "we keep a draft here"\nuntil = "2027-01-31"\n';
    const folder = workFolder('ML-DGA-20261122-2');
    writeFileSync(join(folder, 'ml-detection-release.toml'), text);
    writeFileSync(join(folder, 'examples/ML-DGA-20261122-2/draft.txt'), 'x');
    const { code, stdout } = mldr(folder, ['validate']);
    expect(code).toBe(0);
    expect(stdout).toContain('file-role-unknown: error → note (we keep a draft here, until 2027-01-31)');
    expect(stdout).toContain('limit entries: 1000 → 2000');
  });
});
