import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/domain/diagnostic.ts';
import { markdown } from '../../src/reporters/markdown.ts';
import type { Links } from '../../src/reporters/options.ts';
import { summary } from '../../src/reporters/summary.ts';
import { golden, links, samples } from './golden.ts';
import { broken, diagnostic, released, report, subject } from './samples.ts';

const bytes = (text: string) => new TextEncoder().encode(text).length;
const heading = (text: string) => text.split('\n')[0];
const many = (count: number, fields: Partial<Diagnostic> = {}) =>
  Array.from({ length: count }, (_, index) =>
    diagnostic({ file: `f${index}.json`, line: index + 1, column: 1, ...fields }),
  );

describe('summary', () => {
  it.each(['broken', 'published', 'packed'] as const)('shows %s as committed', (name) => {
    expect(summary(samples[name], { links })).toBe(golden(name, 'summary.md'));
  });

  it.each(['broken', 'listed'] as const)('shows %s as committed, as a file', (name) => {
    expect(markdown(samples[name])).toBe(golden(name, 'markdown.md'));
  });

  it('says first whether the bundle can be released', () => {
    const warning = diagnostic({ severity: 'warning' });
    const note = diagnostic({ severity: 'note' });
    const said = (diagnostics: Diagnostic[], fields: Parameters<typeof report>[1] = {}) =>
      heading(summary(report([subject({ name: 'B', diagnostics })], fields)));
    expect(said([])).toBe('## B can be released.');
    expect(said([note])).toBe('## B can be released.');
    expect(said([warning])).toBe('## B can be released once 1 warning is accepted.');
    expect(said([warning, warning], { outcome: 'failed' })).toBe(
      '## B cannot be released before 2 warnings are accepted.',
    );
    expect(said([diagnostic(), warning])).toBe('## B cannot be released: 1 error, 1 warning.');
    expect(said([diagnostic()], { command: 'scan' })).toBe('## B is refused: 1 error.');
    expect(said([warning], { command: 'scan' })).toBe('## B is accepted, with 1 warning.');
    expect(said([], { command: 'verify' })).toBe('## B is what was published.');
  });

  it('says what became of a release', () => {
    expect(heading(summary(released('published')))).toContain('is published: 4 assets, read back and verified.');
    expect(heading(summary(released('unchanged')))).toContain('nothing changed.');
    expect(heading(summary(released('planned')))).toContain('can be released.');
    expect(summary(released('planned'))).toContain('### What would be published');
  });

  it('says of a bundle that is published already that nothing is to be done', () => {
    const planned = subject({ name: 'B', plan: { version: 1, store: 'dir:releases', release: 'B', operations: [] } });
    expect(heading(summary(report([planned])))).toBe('## B is published already, with these very files.');
  });

  it('says what to do once where the finding above says the same', () => {
    const found = many(3).concat(diagnostic({ file: 'z', help: 'Another help.' }));
    const cells = summary(report([subject({ diagnostics: found })])).match(/\| [^|]+ \|$/gm);
    expect(cells?.slice(-4)).toEqual(['| Help. |', '| as above |', '| as above |', '| Another help. |']);
  });

  it('puts the worst finding first', () => {
    const found = [
      diagnostic({ file: 'a', severity: 'note' }),
      diagnostic({ file: 'b', severity: 'warning' }),
      diagnostic({ file: 'c' }),
    ];
    const rows = summary(report([subject({ diagnostics: found })])).match(/^\| \*{0,2}(?:error|warning|note)/gm);
    expect(rows).toEqual(['| **error', '| warning', '| note']);
  });

  it.each<[string, Partial<Links>]>([
    ['a server that is no https address', { server: 'http://github.com' }],
    ['a server with a path', { server: 'https://evil.example/github.com' }],
    ['a server with a user', { server: 'https://github.com@evil.example' }],
    ['a repository that climbs', { repository: '../x' }],
    ['a repository with more parts', { repository: 'a/b/c' }],
    ['a repository with a bracket', { repository: 'a/b)' }],
    ['a commit that is a branch', { commit: 'main' }],
    ['a commit with a line break', { commit: `${links.commit}\n` }],
  ])('builds no link from %s', (_, changed) => {
    expect(summary(broken, { links: { ...links, ...changed } })).not.toContain('/blob/');
  });

  it('builds no link to a place outside the repository', () => {
    const diagnostics = [diagnostic({ file: 'a', line: 1 })];
    for (const path of ['../b', '/elsewhere/b']) {
      expect(summary(report([subject({ path, diagnostics })]), { links, workspace: '/w' })).not.toContain('/blob/');
    }
  });

  it('encodes the path of a link, whatever is in it', () => {
    const text = summary(
      report([subject({ path: 'b', diagnostics: [diagnostic({ file: "a (1)'*[x]#%.json", line: 3 })] })]),
      {
        links,
      },
    );
    expect(text).toContain(
      `(https://github.com/acme/detections/blob/${links.commit}/b/a%20%281%29%27%2A%5Bx%5D%23%25.json#L3)`,
    );
  });

  it('links a release only into its own repository', () => {
    const [one] = released().subjects;
    if (one?.release === undefined) throw new Error('The sample has a release.');
    const withUrl = (url: string) =>
      summary(
        {
          ...released(),
          subjects: [
            {
              ...one,
              release: {
                ...one.release,
                state: 'published',
                name: 'n',
                url,
                assets: one.release?.assets ?? [],
                models: [],
              },
            },
          ],
        },
        { links },
      );
    const own = 'https://github.com/acme/detections/releases/tag/ML-DGA-20261122-2';
    expect(withUrl(own)).toContain(`](${own})`);
    expect(withUrl('https://evil.example/acme/detections/releases/x')).not.toContain('](https://evil');
  });

  it.each([
    ['summary', summary, 1_000_000],
    ['markdown', markdown, 65_000],
  ] as const)(
    'keeps a %s below its limit with 20,000 findings, and says how many are missing',
    (_, reporter, limit) => {
      const text = reporter(report([subject({ diagnostics: many(20_000, { message: '@|`<>#'.repeat(20) }) })]), {
        links,
      });
      expect(bytes(text)).toBeLessThanOrEqual(limit);
      expect(bytes(text)).toBeGreaterThan(limit * 0.9);
      const rows = text.match(/^\| \*\*error.*\|$/gm)?.length ?? 0;
      const left = Number(/_(\d+) more findings are left out here/.exec(text)?.[1]);
      expect(rows + left).toBe(20_000);
      // The rest of the page is there, and every row is whole.
      expect(text).toContain('ml-detection-release 0.1.0');
      for (const row of text.match(/^\| \*\*error.*$/gm) ?? []) expect(row.split(' | ')).toHaveLength(5);
    },
  );

  it('keeps below its limit with many subjects, and says what is missing', () => {
    const subjects = Array.from({ length: 3000 }, () =>
      subject({ diagnostics: many(9), skipped: [{ check: 'c', reason: 'r' }] }),
    );
    const text = summary(report(subjects), { limit: 100_000 });
    expect(bytes(text)).toBeLessThanOrEqual(100_000);
    expect(text).toMatch(/_\d+ more parts are left out here/);
  });

  it('cuts release notes that are longer than anybody reads', () => {
    const text = summary(report([subject({ notes: 'n'.repeat(1000).concat('\n').repeat(2000) })]));
    expect(bytes(text)).toBeLessThan(100_000);
    expect(text).toContain('… (cut here)');
  });

  it('fences notes so that nothing in them ends the fence', () => {
    const notes = 'a\n`````\n</details>\n```mermaid';
    const text = summary(report([subject({ notes })]));
    expect(text).toContain('``````markdown\na\n`````\n</details>\n```mermaid\n``````\n');
  });
});
