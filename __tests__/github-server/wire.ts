import type { AssetState, GitObject, ReleaseState, RepositoryState, TagRule } from './state.ts';

/** Where a client finds the server's parts. */
export interface Hosts {
  /** Base of the API, without a slash at its end. */
  readonly api: string;
  readonly uploads: string;
  /** Where downloads are redirected to; another origin. */
  readonly storage: string;
  readonly web: string;
}

/** How assets are shown. */
export interface AssetView {
  /** GitHub does not always know a digest. */
  readonly digests: boolean;
}

const path = ({ owner, name }: RepositoryState): string => `/repos/${owner}/${name}`;

/** A user in GitHub's words. */
export function person(hosts: Hosts, login: string): Record<string, unknown> {
  const user = `${hosts.api}/users/${login}`;
  const urls = [
    'followers',
    'following',
    'gists',
    'starred',
    'subscriptions',
    'organizations',
    'repos',
    'events',
    'received_events',
  ];
  return {
    login,
    id: 41898282,
    node_id: 'MDM6Qm90NDE4OTgyODI=',
    gravatar_id: '',
    avatar_url: `${hosts.web}/avatar`,
    url: user,
    html_url: `${hosts.web}/${login}`,
    type: 'Bot',
    site_admin: false,
    ...Object.fromEntries(urls.map((key) => [`${key}_url`, `${user}/${key}`])),
  };
}

/** A release in GitHub's words; lists and releases hide assets that are not whole. */
export function releaseJson(repository: RepositoryState, release: ReleaseState, hosts: Hosts, view: AssetView): object {
  const base = `${hosts.api}${path(repository)}`;
  const web = `${hosts.web}/${repository.owner}/${repository.name}`;
  return {
    url: `${base}/releases/${release.id}`,
    assets_url: `${base}/releases/${release.id}/assets`,
    upload_url: `${hosts.uploads}${path(repository)}/releases/${release.id}/assets{?name,label}`,
    html_url: `${web}/releases/tag/${release.draft ? `untagged-${release.id}` : release.tag}`,
    id: release.id,
    author: person(hosts, 'github-actions[bot]'),
    node_id: `RE_${release.id}`,
    tag_name: release.tag,
    target_commitish: 'main',
    name: release.name,
    draft: release.draft,
    immutable: release.immutable,
    prerelease: false,
    created_at: release.createdAt,
    updated_at: release.createdAt,
    published_at: release.publishedAt,
    assets: release.assets
      .filter(({ state }) => state === 'uploaded')
      .map((asset) => assetJson(repository, release, asset, hosts, view)),
    tarball_url: `${base}/tarball/${release.tag}`,
    zipball_url: `${base}/zipball/${release.tag}`,
    body: release.body,
  };
}

/** An asset in GitHub's words. */
export function assetJson(
  repository: RepositoryState,
  release: ReleaseState,
  asset: AssetState,
  hosts: Hosts,
  { digests }: AssetView,
): object {
  const { id, name, state, size, sha256, contentType, createdAt } = asset;
  return {
    url: `${hosts.api}${path(repository)}/releases/assets/${id}`,
    id,
    node_id: `RA_${id}`,
    name,
    label: '',
    uploader: person(hosts, 'github-actions[bot]'),
    content_type: contentType,
    state,
    size,
    digest: digests && state === 'uploaded' ? `sha256:${sha256}` : null,
    download_count: 0,
    created_at: createdAt,
    updated_at: createdAt,
    browser_download_url: `${hosts.web}/${repository.owner}/${repository.name}/releases/download/${release.tag}/${name}`,
  };
}

/** A reference in GitHub's words. */
export function refJson(repository: RepositoryState, ref: string, object: GitObject, hosts: Hosts): object {
  const base = `${hosts.api}${path(repository)}/git`;
  return {
    ref: `refs/${ref}`,
    node_id: `REF_${ref}`,
    url: `${base}/refs/${ref}`,
    object: { ...object, url: `${base}/${object.type}s/${object.sha}` },
  };
}

/** An annotated tag in GitHub's words. */
export function tagJson(repository: RepositoryState, sha: string, target: GitObject, hosts: Hosts): object {
  const base = `${hosts.api}${path(repository)}/git`;
  return {
    node_id: `T_${sha}`,
    tag: 'annotated',
    sha,
    url: `${base}/tags/${sha}`,
    message: 'annotated',
    tagger: { name: 'A', email: 'a@example.invalid', date: '2026-09-01T00:00:00Z' },
    object: { ...target, url: `${base}/${target.type}s/${target.sha}` },
  };
}

/** A ruleset in GitHub's words. */
export function rulesetJson(repository: RepositoryState, rule: TagRule, whole: boolean): object {
  const head = {
    id: rule.id,
    name: rule.name,
    target: 'tag',
    source_type: 'Repository',
    source: `${repository.owner}/${repository.name}`,
    enforcement: 'active',
  };
  if (!whole) return head;
  return {
    ...head,
    current_user_can_bypass: rule.bypass ? 'always' : 'never',
    conditions: {
      ref_name: { include: rule.include ?? [`refs/tags/${rule.prefix}*`], exclude: rule.exclude ?? [] },
    },
    rules: rule.rules ?? [{ type: 'creation' }],
  };
}

/** A repository in GitHub's words. */
export function repositoryJson(repository: RepositoryState, hosts: Hosts): object {
  const url = `${hosts.api}${path(repository)}`;
  const web = `${hosts.web}/${repository.owner}/${repository.name}`;
  const parts = `archive assignees blobs branches collaborators comments commits compare contents contributors deployments
    downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages
    merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees`;
  const counts = ['forks', 'forks_count', 'open_issues', 'open_issues_count', 'size', 'stargazers_count', 'watchers'];
  const more = ['watchers_count', 'network_count', 'subscribers_count'];
  const moments = ['pushed_at', 'created_at', 'updated_at'];
  const flags = ['fork', 'has_issues', 'has_projects', 'has_wiki', 'has_pages', 'has_discussions', 'disabled'];
  return {
    id: 1,
    node_id: 'R_1',
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    owner: person(hosts, repository.owner),
    private: repository.private,
    html_url: web,
    description: null,
    url,
    ...Object.fromEntries(parts.split(/\s+/).map((part) => [`${part}_url`, `${url}/${part}`])),
    clone_url: `${web}.git`,
    git_url: `${web}.git`,
    ssh_url: `${web}.git`,
    svn_url: web,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: 'main',
    archived: repository.archived,
    ...Object.fromEntries([...counts, ...more].map((key) => [key, 0])),
    ...Object.fromEntries(moments.map((key) => [key, '2026-09-01T00:00:00Z'])),
    ...Object.fromEntries(flags.map((key) => [key, false])),
  };
}
