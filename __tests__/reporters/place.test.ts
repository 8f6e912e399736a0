import { describe, expect, it } from 'vitest';
import type { SubjectReport } from '../../src/domain/report.ts';
import { encodePath, placeOf, placeText, workspacePath } from '../../src/reporters/place.ts';
import { diagnostic, subject } from './samples.ts';

describe('placeOf', () => {
  it.each<[Partial<SubjectReport>, string | undefined, { path: string; inner?: string }]>([
    [{ path: 'b' }, 'a.json', { path: 'b/a.json' }],
    [{ path: 'b/' }, 'a.json', { path: 'b/a.json' }],
    [{ path: 'C:\\b\\' }, 'a.json', { path: 'C:\\b/a.json' }],
    [{ path: '.' }, 'a.json', { path: 'a.json' }],
    [{ path: '' }, 'a.json', { path: 'a.json' }],
    [{ path: '/' }, 'a.json', { path: '/a.json' }],
    [{ path: 'b' }, undefined, { path: 'b' }],
    [{ path: 'x/b.zip', source: 'zip' }, 'a.json', { path: 'x/b.zip', inner: 'a.json' }],
    [{ path: 'x/b.zip', source: 'zip' }, 'b.zip', { path: 'x/b.zip' }],
    [{ path: 'x/j.json', source: 'file' }, 'j.json', { path: 'x/j.json' }],
    [{ path: 'x\\j.json', source: 'file' }, 'j.json', { path: 'x\\j.json' }],
    [{ path: 'x/m.tar.gz', source: 'file' }, 'j.json', { path: 'x/m.tar.gz', inner: 'j.json' }],
  ])('of %j and %j', (fields, file, place) => {
    expect(placeOf(subject(fields), file === undefined ? {} : { file })).toEqual(place);
  });

  it('takes a path for a folder where nothing is said', () => {
    const { source, ...bare } = subject({ path: 'b' });
    expect(placeOf(bare, { file: 'a' })).toEqual({ path: 'b/a' });
  });
});

describe('placeText', () => {
  it('ends with what is known of the position', () => {
    const one = subject({ path: 'b' });
    expect(placeText(one, diagnostic({ file: 'a', line: 3, column: 7 }))).toBe('b/a:3:7');
    expect(placeText(one, diagnostic({ file: 'a', line: 3 }))).toBe('b/a:3');
    expect(placeText(one, diagnostic({ file: 'a' }))).toBe('b/a');
    expect(placeText(one, diagnostic())).toBe('b');
    expect(placeText(subject({ path: 'b.zip', source: 'zip' }), diagnostic({ file: 'a', line: 3 }))).toBe('b.zip/a:3');
  });
});

describe('workspacePath', () => {
  it.each([
    ['a/b', undefined, 'a/b'],
    ['./a//b/.', undefined, 'a/b'],
    ['a\\b', undefined, 'a/b'],
    ['/w/a', '/w', 'a'],
    ['/w/a', '/w/', 'a'],
    ['/w', '/w', undefined],
    ['/wx/a', '/w', undefined],
    ['/w/../x', '/w', undefined],
    ['a/../../x', undefined, undefined],
    ['..', undefined, undefined],
    ['C:\\x', undefined, undefined],
    ['//host/share', undefined, undefined],
    ['.', undefined, undefined],
    ['', undefined, undefined],
    ['..a/b..', undefined, '..a/b..'],
  ])('of %j in %j is %j', (path, workspace, expected) => {
    expect(workspacePath(path, workspace)).toBe(expected);
  });
});

describe('encodePath', () => {
  it('leaves only unreserved characters, percent signs and slashes', () => {
    const everything = Array.from({ length: 0x250 }, (_, code) => String.fromCharCode(code)).join('');
    expect(encodePath(`${everything}\ud800🚀`)).toMatch(/^(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+$/);
    expect(decodeURIComponent(encodePath('a b/ü#?%\'"()'))).toBe('a b/ü#?%\'"()');
  });
});
