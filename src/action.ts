import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { error as coreError, getInput, saveState, setFailed, setOutput, setSecret } from '@actions/core';
import { forEvent } from './action-event.ts';
import { actionHost } from './action-host.ts';
import { actionInputs } from './action-inputs.ts';
import { linksOf } from './action-links.ts';
import { actionOutputs } from './action-outputs.ts';
import { maskedForms, secretsOf } from './action-secrets.ts';
import { exitOf, failureLines } from './log.ts';
import { deliver, destinations, requireFolders } from './report-output.ts';
import { render } from './reporters/reporter.ts';
import { run } from './run.ts';
import { writing } from './stores/file-failure.ts';

async function main(): Promise<number> {
  const { env } = process;
  const token = getInput('token');
  for (const secret of [token, ...secretsOf(env)]) for (const form of maskedForms(secret)) setSecret(form);
  const { inputs, because } = forEvent(
    actionInputs((name) => getInput(name)),
    env,
  );
  if (because !== undefined) process.stdout.write(`${because}\n`);
  const host = actionHost(env, token);
  const { cwd } = host;
  const reportPath = join(env['RUNNER_TEMP'] ?? cwd, `ml-detection-release-${randomUUID()}.json`);
  const targets = [...destinations(inputs.report), { format: 'json' as const, file: reportPath }];
  requireFolders([...targets, { file: inputs['plan-out'] }], cwd);
  const { report, exit } = await run(inputs, host);
  const links = linksOf(env);
  const options = { colour: false, columns: 120, workspace: cwd, ...(links === undefined ? {} : { links }) };
  await deliver(report, targets, cwd, options, (text) => process.stdout.write(text));
  process.stdout.write(await render('annotations', report, options));
  for (const [name, value] of Object.entries(actionOutputs(report, reportPath))) setOutput(name, value);
  const summary = env['GITHUB_STEP_SUMMARY'] ?? '';
  if (summary !== '') {
    const text = await render('summary', report, options);
    await writing('The job summary', () => appendFile(summary, text));
  }
  return exit;
}

main()
  .then(
    (exit) => {
      process.exitCode = exit;
    },
    (error: unknown) => {
      setOutput('outcome', 'failed');
      const [first = '', ...rest] = failureLines(error);
      process.stdout.write(`${[first, ...rest].join('\n')}\n`);
      // setFailed writes an annotation and escapes it; the code of the failure is its title.
      coreError(rest.map((line) => line.trim()).join('\n'), { title: first.trim() });
      setFailed(first.trim());
      process.exitCode = exitOf(error);
    },
  )
  // What ends here has said itself what it left; the post step speaks for a step that was stopped.
  .finally(() => saveState('ended', 'true'));
