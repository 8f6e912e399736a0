import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { releaseWorkflow } from '../../src/commands/init/templates.ts';
import { markerOf, withMarker } from '../../src/stores/github/marker.ts';
import { temporary } from '../e2e/mldr.ts';
import { addRelease, emptyRepository, frozenCopy, type RepositoryState } from '../github-server/state.ts';
import { address, type Place, startPlace } from '../stores/github/place.ts';
import { type Told, told } from './told.ts';

interface Visit extends Place {
  readonly folder: string;
  doctor(more?: { readonly 'delete-draft'?: readonly string[] }, env?: Record<string, string>): Promise<Told>;
}

/** A repository where everything is in place but what `prepare` takes away, and a clone with a workflow. */
async function visit(prepare: (repository: RepositoryState) => void = () => undefined): Promise<Visit> {
  const repository = emptyRepository();
  repository.immutable = true;
  repository.environments.set('release', { reviewers: 2, policy: 'custom' });
  prepare(repository);
  const place = await startPlace(repository);
  onTestFinished(async () => {
    await place.server.close();
    expect(place.server.problems).toEqual([]);
  });
  const folder = temporary();
  mkdirSync(join(folder, '.github/workflows'), { recursive: true });
  writeFileSync(join(folder, '.github/workflows/release.yml'), releaseWorkflow);
  const base = { GITHUB_API_URL: place.server.apiUrl, GITHUB_TOKEN: place.token };
  const doctor: Visit['doctor'] = async (more = {}, env = {}) => {
    const said = await told({ command: 'doctor', store: address, ...more }, folder, { ...base, ...env });
    expect(said.text).not.toContain(place.token);
    expect(said.text).not.toContain(place.reader);
    return said;
  };
  return { ...place, folder, doctor };
}

/** Mark and subject of every row, as a person sees them. */
function rows({ text }: Told): string[] {
  return text.split('\n').flatMap((line) => /^[✓!✗?] [A-Za-z]+( rules)?/.exec(line)?.[0] ?? []);
}

const draft = (run: string) => ({
  draft: true,
  createdAt: '2026-11-19T08:00:00Z',
  body: withMarker('Notes', { run, digest: 'a'.repeat(64), tag: 'made' }),
});

describe('doctor of a repository', () => {
  it('finds everything in place, says so, and changes nothing', async () => {
    const { doctor, server } = await visit();
    const before = frozenCopy(server.repository);
    const said = await doctor();
    expect(said.exit).toBe(0);
    const good = [
      'repository',
      'token',
      'permission',
      'requests',
      'tag rules',
      'environment',
      'immutable',
      'workflow',
      'drafts',
    ];
    expect(rows(said)).toEqual(good.map((subject) => `✓ ${subject}`));
    expect(said.text).toContain('Everything is there to publish: 9 in place.');
    expect(said.result).toMatchObject({ store: address, conditions: expect.any(Array) });
    expect(frozenCopy(server.repository)).toEqual(before);
    expect(
      server.requests.every(({ method, template }) => method === 'GET' || template.endsWith('generate-notes')),
    ).toBe(true);
  });

  it('names the permission that a token lacks, with the block to add, and ends with 1', async () => {
    const { doctor, reader } = await visit();
    const said = await doctor({}, { GITHUB_TOKEN: reader });
    expect(said.exit).toBe(1);
    expect(rows(said).filter((row) => !row.startsWith('✓'))).toEqual(['✗ permission']);
    expect(said.text).toMatch(/^ +permissions:\n +contents: write # to publish the release$/m);
  });

  it('says how to come by a token, and when to come again', async () => {
    const { doctor } = await visit();
    const without = await doctor({}, { GITHUB_TOKEN: '' });
    expect(without.exit).toBe(1);
    expect(rows(without)).toContain('✗ token');
    expect(without.text).toContain('GITHUB_TOKEN=$(gh auth token) mldr doctor');
    const { doctor: exhausted } = await visit(({ quota }) => {
      quota.remaining = 0;
    });
    const later = await exhausted();
    expect(later.exit).toBe(1);
    expect(rows(later)).toEqual(['✗ requests', '✓ workflow']);
    expect(later.text).toContain('Come again after 2026-11-22 13:00 UTC');
  });

  it('ends with 2 where it cannot tell, and with 1 where something is missing for certain', async () => {
    const { doctor, server, folder } = await visit();
    for (let number = 0; number < 60; number += 1) server.faults.set(number, 'html-before');
    const unseen = await doctor();
    expect(unseen.exit).toBe(2);
    expect(unseen.report?.outcome).toBe('failed');
    expect(rows(unseen)).toEqual(['? GitHub', '✓ workflow']);
    expect(unseen.text).toContain('Whether everything is there to publish cannot be told');
    writeFileSync(
      join(folder, '.github/workflows/release.yml'),
      releaseWorkflow.replace('contents: write', 'contents: read'),
    );
    expect(await doctor()).toMatchObject({ exit: 1 });
  });

  it('says of a private repository and of an archive what is the matter', async () => {
    const { doctor } = await visit((repository) => {
      repository.archived = true;
    });
    expect((await doctor()).text).toContain('✗ repository   `blue-team/detections` is archived');
    const hidden = await told({ command: 'doctor', store: 'github:blue-team/other' }, temporary(), {
      GITHUB_API_URL: (await visit()).server.apiUrl,
    });
    expect(hidden.exit).toBe(1);
    expect(hidden.text).toContain('A private repository shows itself to tokens only');
  });

  it('says what the event of a run allows', async () => {
    const { doctor, folder } = await visit();
    const event = join(folder, 'event.json');
    const run = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: event, GITHUB_REPOSITORY: 'blue-team/detections' };
    writeFileSync(event, JSON.stringify({ pull_request: { head: { repo: { full_name: 'stranger/detections' } } } }));
    const fork = await doctor({}, { ...run, GITHUB_EVENT_NAME: 'pull_request' });
    expect(fork.exit).toBe(1);
    expect(fork.text).toContain('✗ run          A pull request from a fork started it');
    expect(
      (await doctor({}, { ...run, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/tags/ML-DGA-20261122-2' })).text,
    ).toContain('✓ run          Started by `push` on `refs/tags/ML-DGA-20261122-2`.');
    const bot = await doctor({}, { ...run, GITHUB_EVENT_NAME: 'push', GITHUB_ACTOR: 'dependabot[bot]' });
    expect(bot.text).toContain('✗ run          Dependabot started it');
  });
});

describe('drafts in a repository', () => {
  const [ended, running, laptop, foreign] = [
    'ML-DGA-20261119-3',
    'ML-DGA-20261119-4',
    'ML-DGA-20261119-5',
    'ML-DGA-20261119-6',
  ];

  function left(repository: RepositoryState): void {
    repository.runs.set('101', 'completed');
    repository.runs.set('202', 'in_progress');
    addRelease(repository, 'ML-DGA-20261101-1', { 'a.txt': Buffer.from('a') }, { body: draft('github-1').body });
    addRelease(repository, ended, {}, draft('github-101'));
    addRelease(repository, running, {}, draft('github-202'));
    addRelease(repository, laptop, {}, draft('4f1c'));
    addRelease(repository, foreign, {}, { draft: true, body: 'by hand' });
    addRelease(repository, 'v1.0.0', {}, { draft: true, body: 'not ours at all' });
    // A draft that quotes a marker is not one of ours.
    addRelease(repository, 'ML-DGA-20261119-7', {}, { draft: true, body: `${draft('github-101').body}\nand more` });
  }

  const drafts = ({ releases }: RepositoryState) => releases.filter((each) => each.draft).map(({ tag }) => tag);

  it('are listed with run, age and what to do, and stop nothing', async () => {
    const { doctor, server } = await visit(left);
    const { text, exit } = await doctor();
    expect(exit).toBe(0);
    expect(text).toContain(`\`${ended}\` was begun by run \`github-101\` on 2026-11-19, 3 days ago; the run`);
    expect(text).toContain(`    mldr doctor --store ${address} --delete-draft ${ended}\n`);
    expect(text).toContain(`--delete-draft ${running}@github-202\n`);
    expect(text).toContain(`--delete-draft ${laptop}@4f1c\n`);
    expect(text).toMatch(new RegExp(`keeps\\s+\`${foreign}\``));
    expect(text).not.toContain('v1.0.0');
    expect(drafts(server.repository)).toHaveLength(6);
  });

  it('are deleted by name where the run is over, and with their tag where the run made it', async () => {
    const { doctor, server } = await visit(left);
    const said = await doctor({ 'delete-draft': [ended] });
    expect(said.exit).toBe(0);
    expect(said.text).toMatch(new RegExp(`^✓ ${ended}  deleted: draft \\d+, tag ${ended}$`, 'm'));
    expect(drafts(server.repository)).not.toContain(ended);
    expect(server.repository.refs.has(`tags/${ended}`)).toBe(false);
    expect(await doctor({ 'delete-draft': [ended] })).toMatchObject({ exit: 1 });
  });

  it.each([
    ['one whose run goes on', running, '--delete-draft ML-DGA-20261119-4@github-202'],
    ['one of a run that cannot be seen', laptop, '--delete-draft ML-DGA-20261119-5@4f1c'],
    ["another tool's", foreign, 'No run of this tool is known to have made it'],
    ['one that quotes a marker', 'ML-DGA-20261119-7', 'No run of this tool'],
    ['one of a run that is not its own', `${ended}@github-202`, 'There is no such draft of run'],
    ["another tool's by a run's name", `${foreign}@github-101`, 'There is no such draft of run'],
    ['one that is not there', 'ML-DGA-20261119-9', 'There is no such draft'],
    ['what is published', 'ML-DGA-20261101-1', 'There is no such draft'],
    ['what is published, by its run', 'ML-DGA-20261101-1@github-1', 'There is no such draft'],
  ])('are kept: %s', async (_, word, because) => {
    const { doctor, server } = await visit(left);
    const before = frozenCopy(server.repository);
    const said = await doctor({ 'delete-draft': [word] });
    expect(said.exit).toBe(1);
    expect(said.text).toContain(`✗ ${word.split('@')[0]}  kept: `);
    expect(said.text).toContain(because);
    expect(frozenCopy(server.repository)).toEqual(before);
  });

  it('are deleted under a run only where both are named', async () => {
    const { doctor, server } = await visit(left);
    expect(await doctor({ 'delete-draft': [`${running}@github-202`, `${laptop}@4f1c`] })).toMatchObject({ exit: 0 });
    expect(drafts(server.repository)).toEqual([ended, foreign, 'v1.0.0', 'ML-DGA-20261119-7']);
  });

  it('keep the tag that somebody else uses, or made', async () => {
    const { doctor, server } = await visit((repository) => {
      left(repository);
      addRelease(repository, ended, {}, { draft: true, body: 'by hand' });
      const found = repository.releases.find(({ tag }) => tag === laptop);
      if (found !== undefined) found.body = found.body.replace('tag=made', 'tag=found');
    });
    await doctor({ 'delete-draft': [`${ended}@github-101`, `${laptop}@4f1c`] });
    expect(server.repository.refs.has(`tags/${ended}`)).toBe(true);
    expect(server.repository.refs.has(`tags/${laptop}`)).toBe(true);
    expect(
      server.repository.releases.filter(({ tag, body }) => tag === ended && markerOf(body) === undefined),
    ).toHaveLength(1);
  });
});

describe('doctor of a folder', () => {
  const doctor = (folder: string, more: object = {}) =>
    told({ command: 'doctor', store: 'dir:releases', ...more }, folder);

  it('takes a folder that is not there yet, and makes none', async () => {
    const folder = temporary();
    const said = await doctor(folder);
    expect(rows(said)).toEqual(['✓ folder', '✓ writing', '✓ drafts']);
    expect(said.exit).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['a file in its place', 'releases', 'releases` is not a folder'],
    ['a file above it', 'team', 'team` is not a folder'],
  ])('names %s', async (_, file, words) => {
    const folder = temporary();
    writeFileSync(join(folder, file), '');
    const said = await doctor(folder, file === 'team' ? { store: 'dir:team/releases' } : {});
    expect(said.exit).toBe(1);
    expect(rows(said)).toEqual(['✗ folder']);
    expect(said.text).toContain(words);
  });

  it('deletes what a dead run left by its name, and what may live by its run only', async () => {
    const folder = temporary();
    const claims = join(folder, 'releases/.claims');
    const put = (name: string, run: string, host: string) => {
      mkdirSync(join(folder, 'releases/.drafts', run, name), { recursive: true });
      writeFileSync(join(folder, 'releases/.drafts', run, name, 'a.txt'), 'a');
      mkdirSync(claims, { recursive: true });
      const claim = { host, pid: 1, name, run, digest: 'a'.repeat(64), at: '2026-11-22T09:00:00.000Z' };
      writeFileSync(join(claims, `${name}.1`), JSON.stringify(claim));
    };
    put('ML-DGA-20261122-2', 'run-1', 'elsewhere.example');
    const said = await doctor(folder);
    expect(said.exit).toBe(0);
    expect(said.text).toContain('begun by run `run-1` on 2026-11-22, 3 hours ago; whether the');
    expect(await doctor(folder, { 'delete-draft': ['ML-DGA-20261122-2'] })).toMatchObject({ exit: 1 });
    const deleted = await doctor(folder, { 'delete-draft': ['ML-DGA-20261122-2@run-1'] });
    expect(deleted.text).toContain('deleted: claim ML-DGA-20261122-2.1, draft .drafts/run-1/ML-DGA-20261122-2');
    expect(readdirSync(claims)).toEqual([]);
    expect(readdirSync(join(folder, 'releases/.drafts'))).toEqual([]);
    expect(rows(await doctor(folder))).toContain('✓ drafts');
  });
});
