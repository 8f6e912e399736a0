import { createHash } from 'node:crypto';
import type { EnvironmentState, RepositoryState, RunStatus } from './state.ts';
import { type Hosts, person, repositoryJson } from './wire.ts';

const moment = '2026-09-01T00:00:00Z';

const path = ({ owner, name }: RepositoryState): string => `/repos/${owner}/${name}`;

/** The quota of a token in GitHub's words. */
export function rateLimitJson({ quota }: RepositoryState): object {
  const core = { ...quota, used: quota.limit - quota.remaining };
  return { resources: { core, search: { ...core, limit: 30, remaining: 30, used: 0 } }, rate: core };
}

/** A file in GitHub's words: base64 in lines; from 1 MB on without its content. */
export function contentJson(repository: RepositoryState, file: string, text: string, hosts: Hosts): object {
  const url = `${hosts.api}${path(repository)}/contents/${file}`;
  const page = `${hosts.web}/${repository.owner}/${repository.name}/blob/main/${file}`;
  const bytes = Buffer.from(text);
  const large = bytes.length >= 1024 * 1024;
  return {
    type: 'file',
    encoding: large ? 'none' : 'base64',
    content: large ? '' : bytes.toString('base64').replaceAll(/.{1,60}/g, '$&\n'),
    name: file.split('/').at(-1),
    path: file,
    size: bytes.length,
    sha: createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'),
    url,
    html_url: page,
    git_url: url,
    download_url: page,
    _links: { self: url, git: url, html: page },
  };
}

/** An environment in GitHub's words. */
export function environmentJson(
  repository: RepositoryState,
  name: string,
  { reviewers, policy }: EnvironmentState,
  hosts: Hosts,
): object {
  const rules: object[] = [];
  if (reviewers > 0) {
    const people = Array.from({ length: reviewers }, () => ({
      type: 'User',
      reviewer: person(hosts, 'reviewer'),
    }));
    rules.push({ id: 1, node_id: 'P_1', type: 'required_reviewers', prevent_self_review: false, reviewers: people });
  }
  if (policy !== undefined) rules.push({ id: 2, node_id: 'P_2', type: 'branch_policy' });
  return {
    id: 1,
    node_id: 'E_1',
    name,
    url: `${hosts.api}${path(repository)}/environments/${name}`,
    html_url: hosts.web,
    created_at: moment,
    updated_at: moment,
    protection_rules: rules,
    deployment_branch_policy:
      policy === undefined
        ? null
        : { protected_branches: policy === 'protected', custom_branch_policies: policy === 'custom' },
  };
}

/** A run of a workflow in GitHub's words. */
export function runJson(repository: RepositoryState, id: number, status: RunStatus, hosts: Hosts): object {
  const url = `${hosts.api}${path(repository)}/actions/runs/${id}`;
  const parts = ['jobs', 'logs', 'check_suite', 'cancel', 'rerun', 'artifacts', 'workflow'];
  const whole = repositoryJson(repository, hosts);
  return {
    id,
    node_id: `WFR_${id}`,
    head_branch: 'main',
    head_sha: repository.head,
    path: '.github/workflows/release-detections.yml@main',
    display_title: 'Release detections',
    run_number: 1,
    event: 'push',
    status,
    conclusion: status === 'completed' ? 'cancelled' : null,
    workflow_id: 1,
    url,
    html_url: `${hosts.web}/${repository.owner}/${repository.name}/actions/runs/${id}`,
    created_at: moment,
    updated_at: moment,
    pull_requests: [],
    head_commit: {
      id: repository.head,
      tree_id: repository.head,
      message: 'A commit',
      timestamp: moment,
      author: { name: 'A', email: 'a@example.invalid' },
      committer: { name: 'A', email: 'a@example.invalid' },
    },
    ...Object.fromEntries(parts.map((part) => [`${part}_url`, `${url}/${part}`])),
    repository: whole,
    head_repository: whole,
  };
}
