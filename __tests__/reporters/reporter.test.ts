import { describe, expect, it } from 'vitest';
import { isReporterName, render, reporterNames } from '../../src/reporters/reporter.ts';
import { broken, clean } from './samples.ts';

describe('reporters', () => {
  it('knows the names that --report takes, and no others', () => {
    expect(reporterNames).toEqual(['terminal', 'json', 'sarif', 'markdown']);
    for (const name of reporterNames) expect(isReporterName(name)).toBe(true);
    for (const name of ['annotations', 'summary', 'toString', '__proto__', '', 'JSON']) {
      expect(isReporterName(name)).toBe(false);
    }
  });

  it.each([...reporterNames, 'annotations', 'summary'] as const)('%s ends its text with a line break', async (name) => {
    expect(await render(name, broken)).toMatch(/[\s\S]\n$/);
    expect(await render(name, clean)).toMatch(name === 'annotations' ? /^$/ : /[\s\S]\n$/);
  });

  it.each([...reporterNames, 'annotations', 'summary'] as const)('%s gives the same text twice', async (name) => {
    expect(await render(name, broken)).toBe(await render(name, broken));
  });
});
