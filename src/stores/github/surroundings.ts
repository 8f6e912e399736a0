import { isArray, member, type Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import type { Condition } from '../preflight.ts';
import type { Client } from './client.ts';

/** How an environment stands that a workflow names. */
export async function environmentCondition(client: Client, name: string): Promise<Condition> {
  const shown = `\`${safe(name)}\``;
  const subject = 'environment';
  const where = `Settings → Environments → ${safe(name)}`;
  const { status, body, said } = await client.read(`${client.root}/environments/${encodeURIComponent(name)}`);
  if (status === 404) {
    const message = `${shown} is not there: it comes to be without protection when a job first uses it.`;
    const help = `Make it before: ${where}; required reviewers, and under "Deployment branches and tags" the tags \`ML-*\`.`;
    return { subject, state: 'attention', message, help };
  }
  if (status !== 200) {
    const message = `${shown} cannot be seen: GitHub answered ${status}${said === '' ? '' : ` (${said})`}.`;
    return { subject, state: 'attention', message, help: `See ${where}.` };
  }
  const reviewers = reviewersOf(body);
  const policy = member(body, 'deployment_branch_policy');
  if (member(policy, 'protected_branches') === true) {
    const message = `${shown} takes protected branches only: a run that a tag started may not use it.`;
    const help = `${where} → Deployment branches and tags: "Selected branches and tags", with the tags \`ML-*\`.`;
    return { subject, state: 'attention', message, help };
  }
  const chosen = member(policy, 'custom_branch_policies') === true;
  const parts = [
    reviewers === 0 ? 'no reviewer' : `${reviewers} ${reviewers === 1 ? 'reviewer' : 'reviewers'}`,
    chosen ? 'chosen branches and tags' : 'any branch or tag',
  ];
  const message = `${shown} has ${parts.join(', and takes ')}.`;
  if (reviewers > 0) return { subject, state: 'good', message };
  return { subject, state: 'attention', message, help: `Who pushes a tag publishes. Add reviewers: ${where}.` };
}

function reviewersOf(environment: Value | undefined): number {
  const rules = member(environment, 'protection_rules');
  return (isArray(rules) ? rules : []).reduce<number>((sum, rule) => {
    const people = member(rule, 'reviewers');
    return sum + (isArray(people) ? people.length : 0);
  }, 0);
}

/**
 * Whether releases are immutable. The setting shows itself to administrators only, and never to a job's token
 * (tend#1290): the newest release tells it too.
 */
export async function immutableCondition(client: Client): Promise<Condition> {
  const subject = 'immutable';
  const help = 'Settings → General → Releases → "Enable release immutability".';
  const { status, body } = await client.read(`${client.root}/immutable-releases`);
  if (status === 200 && member(body, 'enabled') === true) {
    return {
      subject,
      state: 'good',
      message: 'A published release can never be changed, and its name never used again.',
    };
  }
  if (status === 404) {
    return { subject, state: 'attention', message: 'Whoever may write can change a published release.', help };
  }
  const { body: newest } = await client.read(`${client.root}/releases?per_page=1`);
  const [release] = isArray(newest) ? newest : [];
  if (member(release, 'immutable') === true) {
    return {
      subject,
      state: 'good',
      message: `Releases are immutable: \`${safe(String(member(release, 'tag_name')))}\` is.`,
    };
  }
  return { subject, state: 'attention', message: 'Whether releases are immutable does not show to this token.', help };
}
