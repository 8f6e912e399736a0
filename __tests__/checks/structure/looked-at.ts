import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { CheckContext, CheckFinding } from '../../../src/checks/check.ts';
import { checks } from '../../../src/checks/registry.ts';
import type { Bundle, Entry } from '../../../src/domain/bundle.ts';
import type { Value } from '../../../src/domain/document.ts';
import type { FormatId, Kind } from '../../../src/domain/kind.ts';
import { defaultLimits } from '../../../src/domain/limits.ts';
import type { Reference } from '../../../src/domain/reference.ts';

/** Ids of the checks in `src/checks/structure`. */
export const structureIds = readdirSync('src/checks/structure').map((file) => basename(file, '.ts'));

/** A bundle in memory whose files all play one role of the format. */
export function bundleOf(format: FormatId, entries: readonly Entry[], models: readonly string[] = []): Bundle {
  const kind: Kind = {
    id: 'test',
    family: 'ML-Test',
    title: 'Test',
    unexpected: 'error',
    roles: [{ id: 'file', pattern: '*', format, count: 'any' }],
  };
  const references = models.map(
    (id): Reference => ({ space: 'model', id, role: 'defines', at: { file: entries[0]?.path ?? '' } }),
  );
  return {
    name: 'ML-Test-20261122-1',
    path: 'ML-Test-20261122-1',
    source: 'folder',
    kind,
    sha256: '',
    entries,
    dev: [],
    graph: { references, definable: [], unknownDefinitions: {}, unknownUses: {} },
    findings: [],
  };
}

/** A file that was read. */
export function fileOf(value: Value, more: Partial<Entry> = {}): Entry {
  const document = { value, locate: () => Promise.resolve(undefined) };
  return { path: 'file.json', size: 1, sha256: '', role: 'file', document, ...more };
}

/** What the check says of a bundle: findings, and reasons for what it did not look at. */
export function examined(id: string, bundle: Bundle): { findings: CheckFinding[]; skipped: string[] } {
  const check = checks.find((each) => each.id === id);
  if (check?.run === undefined) throw new Error(`There is no check ${id} that runs.`);
  const context: CheckContext = { bundle, limits: defaultLimits, now: new Date('2026-11-22T12:00:00Z') };
  const results = [...check.run(context)];
  return {
    findings: results.flatMap((result) => ('skipped' in result ? [] : [result])),
    skipped: results.flatMap((result) => ('skipped' in result ? [result.skipped] : [])),
  };
}

/** Every finding about one file of a format, by all structure checks: `check pointer`, `@key` where the key is meant. */
export function found(format: FormatId, value: Value, models: readonly string[] = [], more: Partial<Entry> = {}) {
  const bundle = bundleOf(format, [fileOf(value, more)], models);
  return structureIds.flatMap((id) =>
    examined(id, bundle).findings.map(({ at }) => {
      const part = at?.part === 'key' ? '@key' : '';
      return `${id} ${at?.pointer ?? 'file'}${part}`;
    }),
  );
}

/** What one check says of one file, in words. */
export function said(id: string, format: FormatId, value: Value, models: readonly string[] = []): string[] {
  const { findings } = examined(id, bundleOf(format, [fileOf(value)], models));
  return findings.map(({ message, help }) => (help === undefined ? message : `${message} ${help}`));
}
