import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { sarif } from '../../src/reporters/sarif.ts';
import { golden, type SampleName, samples } from './golden.ts';
import { hostileReport } from './hostile.ts';
import { broken, clean, diagnostic, packed, report, subject } from './samples.ts';

const schema = JSON.parse(readFileSync(new URL('../fixtures/schemas/sarif-2.1.0.json', import.meta.url), 'utf8'));
// A URI reference holds these characters and `%` with two digits (RFC 3986): stricter than a parser is.
const reference = /^(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-F]{2})*$/;
const ajv = new Ajv({
  allErrors: true,
  strict: false,
  formats: { uri: (text) => URL.canParse(text), 'uri-reference': reference, 'date-time': () => false },
});
const validate = ajv.compile(schema);
const checks = new Map([
  ['reference-unresolved', { title: 'An id is used and nowhere defined', help: 'Define it, or correct the use.' }],
]);

function runOf(text: string) {
  const log = JSON.parse(text);
  expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  expect(log.runs).toHaveLength(1);
  return log.runs[0];
}

describe('sarif', () => {
  it.each(['broken', 'packed'] as const)('shows %s as committed', (name) => {
    expect(sarif(samples[name], { checks })).toBe(golden(name, 'sarif.json'));
  });

  it.each(Object.keys(samples) as SampleName[])('is valid against the published schema for %s', (name) => {
    runOf(sarif(samples[name], { checks }));
    runOf(sarif(samples[name]));
  });

  it('is valid, and keeps each result, for hostile texts', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const one = hostileReport(seed);
      const text = sarif(one);
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      const run = runOf(text);
      expect(run.results).toHaveLength(one.subjects[0]?.diagnostics.length ?? -1);
      for (const { message } of run.results) expect(message.text).not.toContain('](');
    }
  });

  it('points every result at its rule', () => {
    const run = runOf(sarif(broken, { checks }));
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(run.results.map(({ level }: { level: string }) => level)).toEqual(['error', 'warning', 'note']);
  });

  it('names skipped checks, so that no result is not taken for nothing wrong', () => {
    const skipped = [{ check: 'pipeline-simulate', reason: 'no stack given' }];
    const [invocation] = runOf(sarif(report([subject({ skipped })]))).invocations;
    expect(invocation.toolExecutionNotifications).toEqual([
      {
        level: 'note',
        message: { text: 'pipeline-simulate was skipped on ML-DGA-20261122-2: no stack given' },
        associatedRule: { id: 'pipeline-simulate' },
      },
    ]);
  });

  it('lists every file with its digest, and the files of an archive below the archive', () => {
    const digests = (one: typeof clean) =>
      runOf(sarif(one)).artifacts.flatMap(
        (artifact: { hashes?: { 'sha-256': string } }) => artifact.hashes?.['sha-256'] ?? [],
      );
    expect(digests(clean).toSorted()).toEqual(clean.subjects[0]?.entries.map(({ sha256 }) => sha256).toSorted());
    const { artifacts } = runOf(sarif(packed));
    const nested = artifacts.filter((artifact: { parentIndex?: number }) => artifact.parentIndex !== undefined);
    expect(nested).toHaveLength(5);
    for (const { parentIndex } of nested) expect(artifacts[parentIndex].location.uri).toBe('in/ML-DGA-20261122-2.zip');
  });

  it('tells places as URIs below the workspace, or as absolute ones', () => {
    const uriOf = (path: string, file: string, workspace?: string) =>
      runOf(sarif(report([subject({ path, diagnostics: [diagnostic({ file })] })]), { workspace })).results[0]
        .locations[0].physicalLocation.artifactLocation.uri;
    expect(uriOf('b', 'a b#c?é.json')).toBe('b/a%20b%23c%3F%C3%A9.json');
    expect(uriOf('/w/repo/b', 'a', '/w/repo')).toBe('b/a');
    expect(uriOf('/elsewhere/b', 'a', '/w/repo')).toBe('file:///elsewhere/b/a');
    expect(uriOf('C:\\b', 'a')).toBe('file:///C:/b/a');
    expect(uriOf('b', 'a\ud800')).toBe('b/a%EF%BF%BD');
  });

  it('tells findings apart by fingerprints that do not depend on lines, or on the order', () => {
    const first = diagnostic({ file: 'a', line: 1, column: 1 });
    const same = diagnostic({ file: 'a', line: 9, column: 1 });
    const other = diagnostic({ file: 'b', line: 1, column: 1 });
    const prints = (diagnostics: (typeof first)[]) =>
      runOf(sarif(report([subject({ diagnostics })]))).results.map(
        (result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints['checkFileMessage/v1'],
      );
    const all = prints([first, same, other]);
    expect(new Set(all).size).toBe(3);
    expect(prints([other, same, first])).toEqual(all);
    expect(prints([same])).toEqual([all[0]]);
    expect(all.every((print: string) => /^[0-9a-f]{16}:\d+$/.test(print))).toBe(true);
  });
});
