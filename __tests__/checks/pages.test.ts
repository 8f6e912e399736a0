import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/registry.ts';
import type { Diagnostic } from '../../src/domain/diagnostic.ts';
import { examineExample } from './example.ts';
import { type Example, parsePage } from './page.ts';

const folder = 'docs/checks';
const ids = readdirSync(folder)
  .filter((file) => file !== 'README.md')
  .map((file) => basename(file, '.md'));

function expected(example: Example, word: string): string[] {
  return example.steps.filter((step) => step.word === word).map(({ codes, text }) => codes[0] ?? text);
}

function place({ file, line, column }: Diagnostic): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

/** Warnings and errors that the example does not speak of. */
function unspoken(diagnostics: readonly Diagnostic[], spoken: readonly string[]): string[] {
  return diagnostics
    .filter(({ check, severity }) => severity !== 'note' && !spoken.includes(check))
    .map((diagnostic) => `${diagnostic.check} ${place(diagnostic)}: ${diagnostic.message}`);
}

// `registry.test.ts` holds that there is a page for every check.
describe.each(ids)('docs/checks/%s.md', (id) => {
  const page = parsePage(readFileSync(join(folder, `${id}.md`), 'utf8'));
  const examples = page.examples.map((example) => [example.section, example.title, example] as const);

  test.each(examples)('%s %s', async (section, _, example) => {
    const check = checks.find((candidate) => candidate.id === id);
    if (check === undefined) throw new Error(`There is no check ${id}.`);
    const { diagnostics } = await examineExample(example, check);
    const found = diagnostics.filter((diagnostic) => diagnostic.check === id);
    const also = expected(example, 'Also');
    expect(unspoken(diagnostics, section === 'Fails' ? [id, ...also] : also)).toEqual([]);
    if (section === 'Passes') {
      expect(found).toEqual([]);
      return;
    }
    expect(found.length).toBeGreaterThan(0);
    const [severity = check.severity] = expected(example, 'Severity');
    expect(new Set(found.map((diagnostic) => diagnostic.severity))).toEqual(new Set([severity]));
    const places = expected(example, 'Place');
    if (places.length > 0) expect(found.map(place)).toEqual(places);
    const texts = found.map(({ message, help }) => `${message}\n${help}`).join('\n');
    for (const { text } of example.steps.filter(({ word }) => word === 'Says')) expect(texts).toContain(text);
    for (const other of also) expect(diagnostics.map((diagnostic) => diagnostic.check)).toContain(other);
  });
});
