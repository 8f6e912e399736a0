import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, it } from 'vitest';
import { textOf } from '../elastic/cluster.ts';
import { detections, detectionsFolder, learning, probable, stack } from '../elastic/detections.ts';

it('detection rules come as TOML with the jobs that they rest on, without what people decide, and deploy as they were', async () => {
  const on = await stack(detectionsFolder());
  await on.mldr({ command: 'deploy', directory: detections });
  await on.person(probable, { enabled: true });
  const out = 'ML-experimental-detections-20261124-2';
  const ended = await on.mldr({ command: 'pull', id: [`rule/${learning}`, `rule/${probable}`], out });
  expect(textOf(ended)).toContain(`✓ written to ${out}`);
  expect(ended).toMatchObject({ exit: 0, report: { counts: { error: 0, warning: 0 } } });
  const pulled = parse(readFileSync(join(on.folder, out, `${learning}.toml`), 'utf8'));
  expect(pulled['rule']).toMatchObject({
    rule_id: learning,
    machine_learning_job_id: ['experimental-high-sum-dga-probability'],
    anomaly_threshold: 70,
  });
  expect(readFileSync(join(on.folder, out, `${probable}.toml`), 'utf8')).not.toMatch(/^(?:enabled|actions|version) =/m);
  expect(readdirSync(join(on.folder, out))).toContain('experimental-high-sum-dga-probability.json');
  const upload = await on.mldr({
    command: 'elastic upload-rule',
    file: [join(out, `${probable}.toml`)],
    overwrite: true,
  });
  expect(textOf(upload)).not.toMatch(/^ +~ rule/m);
  expect(on.rule(probable)).toMatchObject({ enabled: true });
});
