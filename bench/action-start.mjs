// The cold start of the action: `validate` of an example, with no store to ask, as a runner starts it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pair } from './measure.mjs';

/** @returns wall seconds of the shipped action and of bare Node, and their ratio */
export function actionStart(folder) {
  const runner = join(folder, 'runner');
  mkdirSync(runner, { recursive: true });
  const names = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];
  const files = Object.fromEntries(names.map((name) => [name, join(runner, name)]));
  for (const file of Object.values(files)) writeFileSync(file, '');
  const env = {
    ...files,
    PATH: process.env.PATH,
    GITHUB_WORKSPACE: process.cwd(),
    RUNNER_TEMP: runner,
    INPUT_BUNDLE: 'examples/ML-DGA-20261122-2',
    INPUT_STORE: `dir:${join(runner, 'releases')}`,
  };
  const options = { runs: 21, figure: 'wall', optionsA: { env, cwd: runner }, optionsB: { env, cwd: runner } };
  return pair([process.execPath, resolve('dist/index.cjs')], [process.execPath, '-e', '0'], options);
}
