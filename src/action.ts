import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { error as coreError, getInput, setFailed, setOutput, summary } from '@actions/core';
import { actionInputs } from './action-inputs.ts';
import { linksOf } from './action-links.ts';
import { actionOutputs } from './action-outputs.ts';
import { momentOf } from './host.ts';
import { exitOf, failureLines } from './log.ts';
import { deliver, destinations, requireFolders } from './report-output.ts';
import { render } from './reporters/reporter.ts';
import { run } from './run.ts';

async function main(): Promise<number> {
  const { env } = process;
  const cwd = env['GITHUB_WORKSPACE'] ?? process.cwd();
  const inputs = actionInputs((name) => getInput(name));
  const reportPath = join(env['RUNNER_TEMP'] ?? cwd, `ml-detection-release-${randomUUID()}.json`);
  const targets = [...destinations(inputs.report), { format: 'json' as const, file: reportPath }];
  requireFolders(targets, cwd);
  const { report, exit } = await run(inputs, {
    cwd,
    env,
    now: () => momentOf(env),
    progress: ({ text, done }) => done && process.stdout.write(`  ${text}\n`),
  });
  const links = linksOf(env);
  const options = { colour: false, columns: 120, workspace: cwd, ...(links === undefined ? {} : { links }) };
  await deliver(report, targets, cwd, options, (text) => process.stdout.write(text));
  process.stdout.write(await render('annotations', report, options));
  if (env['GITHUB_STEP_SUMMARY'] !== undefined) {
    await summary.addRaw(await render('summary', report, options)).write();
  }
  for (const [name, value] of Object.entries(actionOutputs(report, reportPath))) setOutput(name, value);
  return exit;
}

main().then(
  (exit) => {
    process.exitCode = exit;
  },
  (error: unknown) => {
    const [first = '', ...rest] = failureLines(error);
    process.stdout.write(`${[first, ...rest].join('\n')}\n`);
    // setFailed writes an annotation and escapes it; the code of the failure is its title.
    coreError(rest.map((line) => line.trim()).join('\n'), { title: first.trim() });
    setFailed(first.trim());
    process.exitCode = exitOf(error);
  },
);
