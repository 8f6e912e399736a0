import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { getInput, saveState, setOutput } from '@actions/core';
import { forEvent } from './action-event.ts';
import { failedReport } from './action-failure.ts';
import { actionHost } from './action-host.ts';
import { actionInputs } from './action-inputs.ts';
import { linksOf } from './action-links.ts';
import { actionOutputs } from './action-outputs.ts';
import { secretsOf } from './action-secrets.ts';
import type { Report } from './domain/report.ts';
import { maskedForms } from './domain/secret-forms.ts';
import { exitOf, failureLines } from './log.ts';
import { deliver, destinations, requireFolders } from './report-output.ts';
import { escapeData, failureAnnotation } from './reporters/annotations.ts';
import { render } from './reporters/reporter.ts';
import { run } from './run.ts';
import { print } from './standard-streams.ts';
import { writingNow } from './stores/file-failure.ts';

const { env } = process;
const links = linksOf(env);
const cwd = env['GITHUB_WORKSPACE'] ?? process.cwd();
const options = { colour: false, columns: 120, workspace: cwd, ...(links === undefined ? {} : { links }) };
const reportPath = join(env['RUNNER_TEMP'] ?? cwd, `ml-detection-release-${randomUUID()}.json`);
const token = getInput('token');
const secrets = [token, ...secretsOf(env)].flatMap(maskedForms);

/** @param onReport told what there is to report, whatever becomes of delivering it */
async function main(onReport: (report: Report) => void): Promise<number> {
  // As `setSecret` of @actions/core does it; in the one way in which all else is written, so that nothing overtakes it.
  for (const secret of secrets) print(`::add-mask::${escapeData(secret)}\n`);
  const { inputs, because } = forEvent(
    actionInputs((name) => getInput(name)),
    env,
  );
  if (because !== undefined) print(`${because}\n`);
  const targets = [...destinations(inputs.report), { format: 'json' as const, file: reportPath }];
  requireFolders([...targets, { file: inputs['plan-out'] }], cwd);
  const { report, exit } = await run(inputs, actionHost(env, token));
  onReport(report);
  await deliver(report, targets, cwd, options, print);
  print(await render('annotations', report, options));
  for (const [name, value] of Object.entries(actionOutputs(report, reportPath))) setOutput(name, value);
  await summarise(report);
  return exit;
}

async function summarise(report: Report): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY'] ?? '';
  if (file === '') return;
  const text = await render('summary', report, options);
  writingNow('The job summary', () => appendFileSync(file, text));
}

/** Says a failure in every place where the result of a run is looked for; one that cannot be written leaves the others. */
async function fail(error: unknown, before: Report | undefined): Promise<number> {
  print(`${failureLines(error).join('\n')}\n`);
  const report = failedReport(error, getInput('command') || 'validate', secrets, before);
  print(failureAnnotation(report.failure));
  const written = await deliver(report, [{ format: 'json', file: reportPath }], cwd, options, () => undefined).then(
    () => reportPath,
    () => '',
  );
  for (const [name, value] of Object.entries(actionOutputs(report, written))) setOutput(name, value);
  await summarise(report).catch(() => undefined);
  return exitOf(error);
}

let reported: Report | undefined;
main((report) => {
  reported = report;
})
  .catch((error: unknown) => fail(error, reported))
  .then((exit) => {
    process.exitCode = exit;
  })
  // What ends here has said itself what it left; the post step speaks for a step that was stopped.
  .finally(() => saveState('ended', 'true'));
