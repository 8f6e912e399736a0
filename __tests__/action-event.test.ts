import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forEvent, forkOf } from '../src/action-event.ts';
import { actionHost } from '../src/action-host.ts';
import type { Inputs } from '../src/inputs.ts';

const own = 'blue-team/detections';

function environment(name: string, event: unknown): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'event-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'event.json');
  writeFileSync(path, typeof event === 'string' ? event : JSON.stringify(event));
  return { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_REPOSITORY: own };
}

const headAt = (repo: unknown) => ({ pull_request: { head: { repo } } });
const release: Inputs = { command: 'release' };

describe('a release', () => {
  it.each([
    ['a fork', 'pull_request', headAt({ full_name: 'stranger/detections' })],
    ['a fork, with the rights of the repository', 'pull_request_target', headAt({ full_name: 'stranger/detections' })],
    ['a fork that was deleted', 'pull_request', headAt(null)],
    ['nobody, as far as the event says', 'pull_request', '{'],
  ])('for a pull request from %s is a dry run', (_, name, event) => {
    const { inputs, because } = forEvent(release, environment(name, event));
    expect(inputs['dry-run']).toBe(true);
    expect(because).toContain('fork');
  });

  it.each([
    ['a branch of the repository', release, 'pull_request', headAt({ full_name: own })],
    ['a tag', release, 'push', {}],
    ['a fork, into a folder', { command: 'release', store: 'dir:rehearsal' }, 'pull_request', headAt(null)],
    ['a fork, that only looks', { command: 'validate' }, 'pull_request', headAt(null)],
  ] as const)('for %s stays as it is', (_, inputs, name, event) => {
    expect(forEvent(inputs, environment(name, event))).toEqual({ inputs });
  });
});

describe('the host', () => {
  const env = { GITHUB_REPOSITORY: own, GITHUB_TOKEN: 'of the environment', PATH: '/bin' };

  it('has the token of the input alone', () => {
    expect(actionHost(env, 'of the input').env['GITHUB_TOKEN']).toBe('of the input');
    expect(actionHost(env, '').env).toEqual({ GITHUB_REPOSITORY: own, PATH: '/bin' });
  });

  it.each([
    [own, `github:${own}`],
    ['', undefined],
    ['a/b/c', undefined],
    ['a\n/b', undefined],
  ])('of the repository %j has the store %s', (repository, store) => {
    expect(actionHost({ GITHUB_REPOSITORY: repository }, '').store).toBe(store);
  });
});

describe('a fork that started the run', () => {
  const sha = '0123456789abcdef0123456789abcdef01234567';
  const pull = (repo: unknown, base: unknown) => ({ pull_request: { head: { repo }, base } });
  const stranger = { full_name: 'stranger/detections' };

  it.each([
    ['with the commit it starts from', 'pull_request', pull(stranger, { sha }), { base: sha }],
    ['without one', 'pull_request', pull(stranger, null), {}],
    ['with something else for one', 'pull_request', pull(stranger, { sha: '--output=x' }), {}],
    ['as far as nobody knows', 'pull_request_target', '{', {}],
    ['not at all: a branch', 'pull_request', pull({ full_name: own }, { sha }), undefined],
    ['not at all: a push', 'push', pull(stranger, { sha }), undefined],
  ])('is known %s', (_, name, event, expected) => {
    expect(forkOf(environment(name, event))).toEqual(expected);
    expect(actionHost(environment(name, event), '').fork).toEqual(expected);
  });
});
