import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { validateWorkflow } from '../../../src/commands/init/templates.ts';
import { addRelease } from '../../github-server/state.ts';
import { act, annotationsOf, outputsOf, summaryOf } from './act.ts';
import { dga, github, token } from './loopback.ts';
import { artifactsOf, differences, workspace } from './workspace.ts';

const step = './actions/run';

/** The caller that `mldr init` writes, with inputs, and a job that shows the outputs of the workflow. */
function caller(inputs: Record<string, string> = { store: 'dir:releases' }): string {
  const lines = Object.entries(inputs).map(([name, value]) => `      ${name}: ${value}`);
  return `${validateWorkflow}    with:
${lines.join('\n')}
  after:
    needs: validate
    runs-on: ubuntu-24.04
    steps:
      - run: echo "outcome=\${{ needs.validate.outputs.outcome }} errors=\${{ needs.validate.outputs.errors }}"
`;
}

/** The event of a pull request from a fork: act hands every secret over, so a fork's run is one without any. */
function fromFork(base: string) {
  const head = { ref: 'topic', repo: { full_name: 'stranger/detections' } };
  return { number: 7, pull_request: { number: 7, head, base: { ref: 'main', sha: base } } };
}

it('in the copy that act runs, `$/` is `./`, and nothing else differs', () => {
  const lines = differences(workspace(caller()));
  const ours = lines.filter((line) => line.startsWith('- '));
  expect(ours.length).toBeGreaterThan(3);
  expect(ours.every((line) => /^- +(?:- )?uses: \$\/actions\/run$/.test(line))).toBe(true);
  expect(lines.filter((line) => line.startsWith('+ '))).toEqual(
    ours.map((line) => line.replace('- ', '+ ').replace('$/', './')),
  );
});

it("a fork's pull request without any secret is checked, reported and changed nowhere", async () => {
  const place = workspace(caller());
  const ran = await act(place, 'pull_request', { event: fromFork(place.commit) });
  expect(ran.exit, ran.log).toBe(0);
  expect(ran.log).toContain('outcome=passed errors=0');
  expect(outputsOf(ran, step)).toMatchObject({ outcome: 'passed', errors: '0', warnings: '0', 'release-name': '' });
  expect(summaryOf(ran)).toContain(`## ${dga} can be released.`);
  expect(annotationsOf(ran).map(({ command, properties }) => [command, properties['title']])).toEqual([
    ['notice', 'definition-unused'],
  ]);
  const [report = ''] = readdirSync(artifactsOf(place).get('validation') ?? '');
  const { outcome, subjects } = JSON.parse(
    readFileSync(join(artifactsOf(place).get('validation') ?? '', report), 'utf8'),
  );
  expect([outcome, subjects.length]).toEqual(['passed', readdirSync('examples').length]);
});

it('a pull request of the repository itself is checked against its releases, by a token that may only read', async () => {
  const place = workspace(caller({ bundle: `examples/${dga}` }));
  const server = await github(place, { access: 'read' });
  const head = { ref: 'topic', repo: { full_name: 'blue-team/detections' } };
  const event = { number: 8, pull_request: { number: 8, head, base: { ref: 'main', sha: place.commit } } };
  const told = { event, token, env: { GITHUB_API_URL: server.apiUrl } };
  const good = await act(place, 'pull_request', told);
  expect(good.exit, good.log).toBe(0);
  expect(outputsOf(good, step)).toMatchObject({ outcome: 'passed' });
  expect(server.requests.length).toBeGreaterThan(0);

  // Somebody published the name meanwhile: what was good is red now.
  addRelease(server.repository, dga, { 'other.txt': Buffer.from('x') });
  const bad = await act(place, 'pull_request', told);
  expect(bad.exit).toBe(1);
  expect(annotationsOf(bad).map(({ properties }) => properties['title'])).toContain('release-number-taken');
  expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(server.problems).toEqual([]);
});

it('a broken bundle is red, with its place as an annotation, in the summary and in the report', async () => {
  const file = `examples/${dga}/dga_1000_1.0_ingest_pipeline2.json`;
  const place = workspace(caller({ store: 'dir:releases', bundle: 'examples/ML-DGA-*' }), (folder) => {
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), text.replace('dga_ngrams_create', 'dga_ngram_create'));
  });
  const ran = await act(place, 'pull_request', { event: fromFork(place.commit) });
  expect(ran.exit, ran.log).toBe(1);
  const errors = annotationsOf(ran).filter(({ command }) => command === 'error');
  expect(errors.map(({ properties }) => [properties['title'], properties['file']])).toEqual([
    ['reference-unresolved', file],
  ]);
  expect(errors[0]?.value).toContain('Did you mean `dga_ngrams_create`');
  expect(summaryOf(ran)).toContain('cannot be released');
  expect(outputsOf(ran, step)).toMatchObject({ outcome: 'failed', errors: '1' });
  expect(artifactsOf(place).has('validation')).toBe(true);
});

it('names of a hostile bundle give the runner no command, no output and no shell', async () => {
  const hostile = `${dga.slice(0, -1)}9\n::error title=owned::x\n::set-output name=outcome::owned`;
  const place = workspace(caller(), (folder) => {
    renameSync(join(folder, 'examples', dga), join(folder, 'examples', hostile));
    const bundle = join(folder, 'examples', hostile);
    for (const name of ['::add-mask::e', 'x\n##[error]owned', '$(touch owned)`touch owned`', '</td><img src=x>']) {
      mkdirSync(join(bundle, name.replaceAll('/', '-')), { recursive: true });
      writeFileSync(join(bundle, name.replaceAll('/', '-'), 'EVIL=1\n.json'), '{"::stop-commands::x": 1, "a": }');
    }
  });
  const ran = await act(place, 'pull_request', { event: fromFork(place.commit) });
  expect(ran.exit, ran.log).toBe(1);
  expect(new Set(ran.commands.map(({ command }) => command))).toEqual(
    new Set(['error', 'notice', 'set-output', 'summary']),
  );
  expect(annotationsOf(ran).map(({ properties }) => properties['title'])).not.toContain('owned');
  expect(outputsOf(ran, step)['outcome']).toBe('failed');
  expect(Object.keys(outputsOf(ran, step)).filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  expect(summaryOf(ran)).not.toMatch(/<img|^::|^##\[/m);
  expect(readdirSync(place.folder)).not.toContain('owned');
});
