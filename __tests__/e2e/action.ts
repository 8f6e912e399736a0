import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environment, type Ran, temporary } from './mldr.ts';

/** What a step of the action gave. */
export interface Step extends Ran {
  /** As the runner reads them. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The JSON report of the run; undefined where there is none. */
  readonly report: { readonly subjects: readonly { readonly diagnostics: readonly unknown[] }[] } | undefined;
}

const action = resolve('dist/index.cjs');

/** Runs the shipped action in a folder as the runner of GitHub does: inputs in the environment, files for the rest. */
export function step(
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  more: Record<string, string> = {},
  cwd = workspace,
): Step {
  const runner = temporary();
  const [output, summary, state] = [join(runner, 'output'), join(runner, 'summary'), join(runner, 'state')];
  for (const file of [output, summary, state]) writeFileSync(file, '');
  const env = environment({
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_STATE: state,
    RUNNER_TEMP: runner,
    // The runner's spelling: upper case, blanks as `_`, hyphens as they are.
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...more,
  });
  const ran = spawnSync(process.execPath, [action], { cwd, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  const outputs = readOutputs(readFileSync(output, 'utf8'));
  const reportPath = outputs['report-path'];
  return {
    code: ran.status,
    stdout: ran.stdout,
    stderr: ran.stderr,
    outputs,
    summary: readFileSync(summary, 'utf8'),
    report: reportPath === undefined ? undefined : JSON.parse(readFileSync(reportPath, 'utf8')),
  };
}

/** Reads `GITHUB_OUTPUT` as the runner does: `name=value`, or `name<<delimiter`, lines, delimiter. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    const [, name, delimiter] = /^([^=]*?)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter);
      outputs[name] = lines.splice(0, end).join('\n');
      lines.shift();
    } else if (line.includes('=')) {
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    }
  }
  return outputs;
}
