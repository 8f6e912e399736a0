import { readFileSync } from 'node:fs';
import { member, type Value } from './domain/document.ts';
import type { Host } from './host.ts';
import type { Inputs } from './inputs.ts';
import { planning } from './target-inputs.ts';

/**
 * Inputs of a run that a stranger's pull request started: a release into a repository becomes a dry run, since such a
 * run never gets a token that may write, and must not publish if it does (publishing.md P0).
 * @returns the inputs to go on with, and in a sentence what was changed
 */
export function forEvent(inputs: Inputs, env: Host['env']): { readonly inputs: Inputs; readonly because?: string } {
  const deploys = planning.some((command) => command === inputs.command);
  if ((inputs.command !== 'release' && !deploys) || inputs['dry-run'] === true) return { inputs };
  if (!deploys && inputs.store?.startsWith('dir:') === true) return { inputs };
  if (forkOf(env) === undefined) return { inputs };
  const because = `A pull request from a fork ${deploys ? 'changes no target' : 'publishes nothing'}: this is a dry run.`;
  return { inputs: { ...inputs, 'dry-run': true }, because };
}

/** The pull request of another repository that started the run, if one did; in doubt (no event to read) one did. */
export function forkOf(env: Host['env']): Host['fork'] {
  const { GITHUB_EVENT_NAME: name = '', GITHUB_EVENT_PATH: path, GITHUB_REPOSITORY: own } = env;
  if (!name.startsWith('pull_request')) return undefined;
  const pull = member(eventAt(path), 'pull_request');
  if (member(member(member(pull, 'head'), 'repo'), 'full_name') === own) return undefined;
  const base = member(member(pull, 'base'), 'sha');
  return typeof base === 'string' && /^[0-9a-f]{40,64}$/.test(base) ? { base } : {};
}

function eventAt(path: string | undefined): Value | undefined {
  if (path === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
