import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/registry.ts';
import { failures } from '../../src/errors.ts';
import { parsePage } from './page.ts';

const root = 'src/checks';
const files = readdirSync(root, { withFileTypes: true })
  .filter((area) => area.isDirectory())
  .flatMap((area) => readdirSync(join(root, area.name)).map((file) => join(root, area.name, file)));
const ids = checks.map(({ id }) => id);

/** Ids that the readers report, as their source texts write them. */
function readerIds(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .flatMap((entry) => [
      ...readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(
        /'((?:archive|file|text|json|model|toml)-[a-z-]+)'/g,
      ),
    ])
    .map((match) => match[1] ?? '')
    .filter((id) => !Object.hasOwn(failures, id) && !existsSync(join('node_modules', id)));
}

describe('every check has one file, one line in the registry and one page', () => {
  test.each(files)('%s', async (file) => {
    const exports: Record<string, unknown> = await import(pathToFileURL(file).href);
    const defined = Object.values(exports);
    expect(defined).toHaveLength(1);
    expect(checks.filter((check) => check === defined[0]).map(({ id }) => id)).toEqual([basename(file, '.ts')]);
    expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThanOrEqual(61);
  });

  test('no line of the registry is without a file, none stands twice', () => {
    expect([...ids].sort()).toEqual(files.map((file) => basename(file, '.ts')).sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('no page is without a check', () => {
    const pages = readdirSync('docs/checks').filter((file) => file !== 'README.md');
    expect(pages.sort()).toEqual(ids.map((id) => `${id}.md`).sort());
  });
});

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  test('names a defect, and says what to do', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(id).not.toMatch(/^(check|ensure|require|validate|verify|must|no)-/);
    expect(check.title).toMatch(/^[A-Z].*[^.]$/);
    expect(check.title.length).toBeLessThanOrEqual(100);
    expect(check.help).toMatch(/^[A-Z`].*\.$/);
  });

  test('has a page of the same id, severity and title, with bundles that fail and pass', () => {
    const page = parsePage(readFileSync(join('docs/checks', `${id}.md`), 'utf8'));
    expect([page.id, page.severity, page.title]).toEqual([id, check.severity, `${check.title}.`]);
    expect(page.sections).toEqual(['Why it matters', 'How to mend it', 'Fails', 'Passes']);
    expect(new Set(page.examples.map(({ section }) => section))).toEqual(new Set(['Fails', 'Passes']));
    const failing = page.examples.filter(({ section }) => section === 'Fails');
    expect(failing.filter(({ steps }) => steps.length === 0)).toEqual([]);
  });
});

test('what a reader reports is registered, and what is registered without `run` a reader reports', () => {
  const reported = new Set(readerIds('src/formats'));
  const read = checks.filter((check) => check.run === undefined).map(({ id }) => id);
  expect([...reported].filter((id) => !read.includes(id)).sort()).toEqual([]);
  expect(read.filter((id) => !reported.has(id))).toEqual([]);
});
