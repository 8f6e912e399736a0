import { describe, expect, it } from 'vitest';
import { examine } from '../../src/checks/examine.ts';
import { checks } from '../../src/checks/registry.ts';
import type { Bundle } from '../../src/domain/bundle.ts';
import { emptyHistory } from '../../src/domain/history.ts';
import { defaultLimits } from '../../src/domain/limits.ts';
import type { SeverityRule } from '../../src/domain/severity.ts';
import { Failure } from '../../src/errors.ts';
import { severityRule } from '../../src/severity-flag.ts';

const bundle: Bundle = {
  name: 'ML-DGA-20261122-1',
  path: 'ML-DGA-20261122-1',
  source: 'folder',
  sha256: '',
  entries: [],
  dev: [],
  graph: { references: [], definable: [], unknownDefinitions: {}, unknownUses: {} },
  findings: [
    {
      check: 'json-number-range',
      message: 'second',
      at: { file: 'b.json', span: { line: 2, column: 1, endLine: 2, endColumn: 2 } },
    },
    {
      check: 'json-number-range',
      message: 'first',
      at: { file: 'b.json', span: { line: 1, column: 9, endLine: 1, endColumn: 12 } },
    },
    { check: 'json-syntax', message: 'other', at: { file: 'a.json' } },
  ],
};

async function looked(rules: readonly SeverityRule[], day = '2026-11-22') {
  const now = new Date(`${day}T12:00:00Z`);
  const context = { bundle, history: emptyHistory('dir:x'), limits: defaultLimits, now };
  const readers = checks.filter(({ run }) => run === undefined);
  const { diagnostics, weakened } = await examine(readers, context, rules);
  return { seen: diagnostics.map(({ message, severity }) => `${message}: ${severity}`), weakened };
}

describe('examine', () => {
  it('sorts by file, line and column, with the severities of the registry', async () => {
    expect(await looked([])).toEqual({ seen: ['other: error', 'first: warning', 'second: warning'], weakened: [] });
  });

  it('makes a check lighter and says so once, with reason and day', async () => {
    const rule = {
      check: 'json-number-range',
      severity: 'note',
      reason: 'ids are texts',
      until: '2026-12-31',
    } as const;
    expect(await looked([rule])).toEqual({
      seen: ['other: error', 'first: note', 'second: note'],
      weakened: ['json-number-range: warning → note (ids are texts, until 2026-12-31)'],
    });
  });

  it('says nothing of a check that became heavier, or of one that found nothing', async () => {
    const rules = [
      { check: 'json-number-range', severity: 'error' },
      { check: 'toml-syntax', severity: 'off' },
    ] as const;
    expect(await looked(rules)).toEqual({ seen: ['other: error', 'first: error', 'second: error'], weakened: [] });
  });

  it('holds a rule through its last day, and tells when that is over', async () => {
    const rule = { check: 'json-number-range', severity: 'off', reason: 'r', until: '2026-11-22' } as const;
    expect((await looked([rule])).seen).toEqual(['other: error']);
    expect(await looked([rule], '2026-11-23')).toEqual({
      seen: ['other: error', 'first: warning', 'second: warning'],
      weakened: ['json-number-range: the severity set for it ended on 2026-11-22'],
    });
  });

  it('lets the last rule that still holds decide', async () => {
    const rules = [
      { check: 'json-syntax', severity: 'note', reason: 'file' },
      { check: 'json-syntax', severity: 'warning', reason: 'flag' },
      { check: 'json-syntax', severity: 'off', reason: 'old', until: '2020-01-01' },
    ] as const;
    expect((await looked(rules)).weakened).toEqual(['json-syntax: error → warning (flag)']);
  });
});

describe('severityRule', () => {
  it('reads a flag', () => {
    expect(severityRule('json-syntax=off')).toEqual({
      check: 'json-syntax',
      severity: 'off',
      reason: 'set by --severity',
    });
  });

  it.each([
    'json-syntax',
    'json-syntax=',
    'json-syntax=fatal',
    'json-syntax=off=x',
    'json-sintax=off',
    '=off',
    '__proto__=off',
  ])('refuses %s', (flag) => {
    expect(() => severityRule(flag)).toThrow(Failure);
  });

  it('keeps an archive that was refused refused', () => {
    for (const { id } of checks.filter((check) => check.id.startsWith('archive-'))) {
      expect(() => severityRule(`${id}=warning`)).toThrow(/cannot be made lighter/);
      expect(severityRule(`${id}=error`).severity).toBe('error');
    }
  });
});
