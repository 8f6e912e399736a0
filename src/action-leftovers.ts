import { actionHost } from './action-host.ts';
import { actionInputs } from './action-inputs.ts';
import { safe } from './domain/safe.ts';
import type { Host } from './host.ts';
import { escapeData } from './reporters/annotations.ts';
import { plainText } from './reporters/line.ts';
import { openSession, openStore } from './session.ts';
import { workflowRun } from './workflow-run.ts';

/**
 * What a release that was stopped left in its store, as lines of the log and a warning for each name.
 * @param env the environment of the post step: inputs stand in it as in the step's
 * @returns empty where the step released nothing
 * @throws Failure where inputs, configuration or store cannot be read
 */
export async function leftBehind(env: Host['env']): Promise<string> {
  // As the runner hands them over: `toUpperCase`, with hyphens kept (actions/toolkit, packages/core/src/core.ts).
  const read = (name: string) => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const inputs = actionInputs(read);
  const run = workflowRun(env, inputs);
  if (inputs.command !== 'release' || inputs['dry-run'] === true || run === undefined) return '';
  const store = await openStore(await openSession(inputs, actionHost(env, read('token'))));
  const address = safe(store.address, 1000);
  const names = await store.leftBy(run);
  if (names.length === 0) return plainText([`The step was stopped, and left nothing unfinished in ${address}.`]);
  const left = names.map((name) => {
    const goOn = `Go on with it by the same run: ${again(env)}`;
    return `\`${safe(name)}\` was begun in ${address} and is not published: nothing of it can be seen. ${goOn}`;
  });
  return left.map((text) => `::warning title=Unfinished release::${escapeData(text)}\n`).join('');
}

function again(env: Host['env']): string {
  const { GITHUB_RUN_ID: run, GITHUB_REPOSITORY: repository = '' } = env;
  return `gh run rerun ${run} --repo ${safe(repository)}`;
}
