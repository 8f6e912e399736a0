import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { step } from './action.ts';
import { mldr, workFolder } from './mldr.ts';
import { filesOf } from './snapshot.ts';

const name = 'ML-ProcessBehaviour-20261122-1';

/** What a team writes, and nothing else. */
const configuration = `
[[kind]]
id = "ml-process-behaviour"
family = "ML-ProcessBehaviour"
title = "Models of process behaviour"
unexpected = "error"
shared-id = true

[[kind.role]]
id = "model"
pattern = "process_<id>_model.json"
format = "json"
count = "one"
defines = [{ space = "model", id = "process_<id>" }]

[[kind.role]]
id = "pipeline"
pattern = "process_<id>_pipeline.json"
format = "elastic-pipeline"
count = "one"
defines = [{ space = "pipeline", id = "process_pipeline", entry-point = true }]

[[kind.role]]
id = "notes"
pattern = "*.md"
format = "text"
`;

const pipeline = (model: string) => JSON.stringify({ processors: [{ inference: { model_id: model } }] }, undefined, 2);

/** A folder with the configuration and a bundle of the team's family; files by name. */
function team(files: Record<string, string>): string {
  const folder = workFolder();
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'ml-detection-release.toml'), configuration);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text);
  return folder;
}

const good = {
  'process_7_model.json': '{"trees": []}\n',
  'process_7_pipeline.json': pipeline('process_7'),
  'README.md': 'What it finds.\n',
};

describe('a kind of the team', () => {
  const folder = team(good);

  test('is validated without being named: the family tells', () => {
    const { code, stdout } = mldr(folder, ['validate', '--report', 'json']);
    const [subject] = JSON.parse(stdout).subjects;
    expect(code).toBe(0);
    expect(subject).toMatchObject({ name, kind: 'ml-process-behaviour', verdict: 'accept', diagnostics: [] });
    expect(subject.entries.map(({ role }: { role: string }) => role)).toEqual(['notes', 'model', 'pipeline']);
  });

  test('is released, verified, listed, found and unpacked', () => {
    expect(mldr(folder, ['release', name])).toMatchObject({ code: 0 });
    expect(mldr(folder, ['verify', name])).toMatchObject({ code: 0 });
    expect(mldr(folder, ['list']).stdout).toContain(name);
    expect(mldr(folder, ['which', 'process_7']).stdout).toContain(name);
    expect(mldr(folder, ['next-name', 'ml-process-behaviour']).stdout).toBe('ML-ProcessBehaviour-20261122-2\n');
    expect(mldr(folder, ['get', name, '--out', 'got'])).toMatchObject({ code: 0 });
    expect(filesOf(join(folder, 'got', name))).toEqual(Object.keys(good).sort());
    const manifest = JSON.parse(readFileSync(join(folder, 'releases', name, `manifest-${name}.json`), 'utf8'));
    expect(JSON.stringify(manifest)).toContain('"kind":"ml-process-behaviour"');
  });

  test('gets its numbers with --next, from a folder of any name', () => {
    const words = ['release', name, '--next', '--accept-warnings'];
    writeFileSync(join(folder, name, 'README.md'), 'New words.\n');
    expect(mldr(folder, words).stdout).toContain('published ML-ProcessBehaviour-20261122-2');
  });

  test('is known to the action too', () => {
    expect(step(team(good), { command: 'release', bundle: name })).toMatchObject({
      code: 0,
      outputs: expect.objectContaining({ 'release-name': name }),
    });
  });
});

describe('checks of every kind hold for it', () => {
  const { 'process_7_model.json': model, ...withoutModel } = good;

  test.each<[string, Record<string, string>]>([
    ['file-missing', withoutModel],
    ['file-role-unknown', { ...good, 'other.json': '{}' }],
    ['file-surplus', { ...good, 'process_8_model.json': model }],
    ['file-capture-mismatch', { ...withoutModel, 'process_8_model.json': model }],
    ['pipeline-unknown-model', { ...good, 'process_7_pipeline.json': pipeline('process_8') }],
    ['json-syntax', { ...good, 'process_7_model.json': '{' }],
  ])('%s', (check, files) => {
    const { code, stdout } = mldr(team(files), ['validate', name, '--report', 'json']);
    const [subject] = JSON.parse(stdout).subjects;
    expect(subject.diagnostics.map((each: { check: string }) => each.check)).toContain(check);
    expect(code).toBe(1);
  });
});

test('a family that nobody knows is told to be one, and where kinds are defined', () => {
  const folder = team(good);
  writeFileSync(join(folder, 'ml-detection-release.toml'), '');
  const { code, stdout } = mldr(folder, ['validate', name]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/`ML-ProcessBehaviour`[\s\S]*ml-detection-release\.toml/);
});
