import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mldr, workFolder } from './mldr.ts';

const configuration = `version = 1
[[kind]]
id = "ml-process-behaviour"
family = "ML-ProcessBehaviour"
title = "Process behaviour"
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
defines = [{ space = "pipeline", id = "<stem>", entry-point = true }]
`;

function team(model: string): string {
  const folder = workFolder();
  const bundle = join(folder, 'bundles/ML-ProcessBehaviour-20261122-1');
  mkdirSync(bundle, { recursive: true });
  writeFileSync(join(folder, 'ml-detection-release.toml'), configuration);
  writeFileSync(join(bundle, 'process_7_model.json'), '{"trees": []}\n');
  const pipeline = { processors: [{ inference: { model_id: model } }] };
  writeFileSync(join(bundle, 'process_7_pipeline.json'), `${JSON.stringify(pipeline)}\n`);
  return folder;
}

describe("a team's own kind", () => {
  it('is validated, released, listed, found and proven without a line of code', () => {
    const folder = team('process_7');
    expect(mldr(folder, ['validate'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('ml-process-behaviour'),
    });
    const released = mldr(folder, ['release']);
    expect(released).toMatchObject({ code: 0, stdout: expect.stringContaining('model process_7 ') });
    expect(mldr(folder, ['verify', 'ML-ProcessBehaviour-20261122-1']).code).toBe(0);
    expect(mldr(folder, ['which', 'process_7']).stdout).toContain('ML-ProcessBehaviour-20261122-1');
    expect(mldr(folder, ['next-name', 'ml-process-behaviour', '--date', '20261201']).stdout).toBe(
      'ML-ProcessBehaviour-20261201-2\n',
    );
  });

  it('has its references checked like any other', () => {
    const { code, stdout } = mldr(team('process_8'), ['validate']);
    expect(code).toBe(1);
    expect(stdout).toContain('bundles/ML-ProcessBehaviour-20261122-1/process_7_pipeline.json:1:41');
    expect(stdout).toContain('process_8');
  });

  it('is no kind without its configuration', () => {
    const folder = team('process_7');
    writeFileSync(join(folder, 'ml-detection-release.toml'), '');
    expect(mldr(folder, ['validate', 'bundles/ML-ProcessBehaviour-20261122-1']).code).toBe(1);
    expect(mldr(folder, ['next-name', 'ml-process-behaviour'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no kind'),
    });
  });
});
