import type { Fault } from '../../github-server/faults.ts';
import { type GitHubServer, startGitHub } from '../../github-server/server.ts';
import { addRelease, commitSha, emptyRepository, type RepositoryState } from '../../github-server/state.ts';
import { isPublished, observe, type Wanted } from '../../stores/github/observer.ts';
import { plantedToken } from '../../stores/github/place.ts';
import { type Ended, inputVariable, type Job, job, type Running } from '../job.ts';
import { detections, dga } from '../mldr.ts';

/** Where it is: what the runner that made the tag, or that a tag started, was to publish, beside an earlier release. */
export interface Scene {
  readonly job: Job;
  readonly wanted: Wanted;
  /** Files of the release that is there before. */
  readonly earlier: Readonly<Record<string, Buffer>>;
  /** Method and path of each request of a release that nothing disturbs. */
  readonly requests: readonly string[];
  /** How long it takes, in milliseconds. */
  readonly duration: number;
}

/** When a signal meets the action: at a request, or some time after its start. */
export interface Moment {
  readonly signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT';
  /** Whether a tag started the run. */
  readonly tagged: boolean;
  readonly at:
    | { readonly index: number; readonly fault: 'kill-before' | 'kill-midway' | 'kill-after' }
    | { readonly milliseconds: number };
}

/** What a killed run left, and whether it was met at all. */
export interface KilledResult {
  readonly title: string;
  readonly left: 'nothing' | 'a tag' | 'a draft' | 'the release' | 'not met';
  /** Invariants that did not hold; none: all did. */
  readonly broken: readonly string[];
}

const tokenOf = (token: string) => ({ [inputVariable('token')]: token });

/** A release of the action in a new repository. */
function repositoryWith(earlier: Readonly<Record<string, Buffer>>, tagged: boolean): RepositoryState {
  const repository = emptyRepository();
  if (Object.keys(earlier).length > 0) addRelease(repository, detections, earlier);
  if (tagged) repository.refs.set(`tags/${dga}`, { type: 'commit', sha: commitSha });
  return repository;
}

/** Releases both examples without a disturbance, to know what is to be published and by which requests. */
export async function startScene(workspace: string): Promise<Scene> {
  const inputs = { command: 'release', store: 'github:blue-team/detections', 'accept-warnings': 'true' };
  const release = async (bundle: string, earlier: Scene['earlier']) => {
    const token = plantedToken();
    const server = await startGitHub(repositoryWith(earlier, false), { tokens: { [token]: 'write' } });
    const started = performance.now();
    const { code, given } = await job(workspace, { ...inputs, bundle: `examples/${bundle}` }).run('index', {
      ...tokenOf(token),
      GITHUB_API_URL: server.apiUrl,
    });
    const duration = performance.now() - started;
    await server.close();
    if (code !== 0) throw new Error(given);
    const assets = server.repository.releases.find(({ tag }) => tag === bundle)?.assets ?? [];
    return { assets, duration, requests: server.requests.map(({ method, template }) => `${method} ${template}`) };
  };
  const first = await release(detections, {});
  const earlier = Object.fromEntries(first.assets.map(({ name, bytes }) => [name, bytes ?? Buffer.alloc(0)]));
  const { assets, duration, requests } = await release(dga, earlier);
  const wanted = { request: { name: dga, commit: commitSha }, assets };
  return { job: job(workspace, { ...inputs, bundle: `examples/${dga}` }), wanted, earlier, requests, duration };
}

/** Kills the action once, looks what it left, and has it named, met by another run, and brought to its end. */
export async function runKilled({ job: step, wanted, earlier }: Scene, moment: Moment): Promise<KilledResult> {
  const repository = repositoryWith(earlier, moment.tagged);
  const observer = observe([wanted], repository.releases);
  const tokens = [plantedToken(), plantedToken(), plantedToken(), plantedToken()];
  let running: Running | undefined;
  const kill = async (): Promise<void> => {
    running?.child.kill(moment.signal);
    await running?.ended;
  };
  const server = await startGitHub(repository, {
    tokens: Object.fromEntries(tokens.map((token) => [token, 'write'] as const)),
    onChange: observer.onChange,
    onFault: kill,
  });
  const ran: Ended[] = [];
  const environment = (): Record<string, string> => ({
    GITHUB_API_URL: server.apiUrl,
    ...(moment.tagged ? { GITHUB_REF: `refs/tags/${dga}` } : {}),
    ...tokenOf(tokens[ran.length] ?? ''),
  });
  const run = async (program: 'index' | 'post', more: Record<string, string> = {}): Promise<Ended> => {
    running = step.start(program, { ...environment(), ...more });
    const ended = await running.ended;
    ran.push(ended);
    return ended;
  };
  const timer = aim(server, moment, kill);
  const first = await run('index');
  clearTimeout(timer);
  const broken: string[] = [];
  const left = whatIsLeft(repository, moment.tagged);
  const met = first.signal === moment.signal;
  if (!met && (first.code !== 0 || left !== 'the release')) broken.push(`it ended with ${first.code}: ${first.given}`);
  if (met) broken.push(...(await aftermath(repository, left, run)));

  const again = await run('index');
  if (again.code !== 0) broken.push(`I3: the same run again ends with ${again.code}: ${again.given}`);
  if (!isPublished(repository, wanted)) broken.push('I2: nothing is published');
  if (whatIsLeft(repository, true) !== 'the release') broken.push('a draft of its own is left');
  const secret = ran.some(({ given }) => tokens.some((token) => given.includes(token)));
  if (secret) broken.push('I7: a token was printed');
  broken.push(...new Set(observer.seen), ...server.problems.map((problem) => `schema: ${problem}`));
  await server.close();
  return { title: JSON.stringify(moment), left: met ? left : 'not met', broken };
}

/** Sets the moment; what a timer is for is given back. */
function aim({ faults }: GitHubServer, { at }: Moment, kill: () => Promise<void>): NodeJS.Timeout | undefined {
  if ('milliseconds' in at) return setTimeout(() => void kill(), at.milliseconds);
  const fault: Fault = at.fault;
  faults.set(at.index, fault);
  return undefined;
}

/** The post step names what is left, another run keeps its hands off it; both change nothing. */
async function aftermath(
  repository: RepositoryState,
  left: KilledResult['left'],
  run: (program: 'index' | 'post', more?: Record<string, string>) => Promise<Ended>,
): Promise<string[]> {
  const broken: string[] = [];
  const before = photograph(repository);
  const named = left === 'a draft' ? `::warning title=Unfinished release::\`${dga}\`` : 'left nothing unfinished';
  const post = await run('post');
  if (post.code !== 0 || !post.stdout.includes(named)) broken.push(`I3: the post step says ${post.given}`);
  // Where there is neither draft nor release, another run may have the name.
  if (left === 'a draft' || left === 'the release') {
    const other = await run('index', { GITHUB_RUN_ID: '4712' });
    const draft = repository.releases.find((release) => release.draft);
    const words = draft === undefined ? [`unchanged ${dga}`] : ['claim-held', 'run `github-4711-', `draft ${draft.id}`];
    const code = draft === undefined ? 0 : 2;
    const unsaid = words.filter((word) => !other.stdout.includes(word));
    if (other.code !== code || unsaid.length > 0)
      broken.push(`I3: another run ends with ${other.code}: ${other.given}`);
  }
  if (photograph(repository) !== before) broken.push('I6: the post step or another run changed something');
  return broken;
}

function whatIsLeft({ releases, refs }: RepositoryState, tagged: boolean): KilledResult['left'] {
  const own = releases.filter(({ tag }) => tag === dga);
  if (own.some(({ draft }) => draft)) return 'a draft';
  if (own.length > 0) return 'the release';
  return refs.has(`tags/${dga}`) && !tagged ? 'a tag' : 'nothing';
}

/** Everything of a repository that anybody could see. */
function photograph({ releases, refs }: RepositoryState): string {
  const shown = releases.map(({ assets, ...release }) => ({
    ...release,
    assets: assets.map(({ id, name, state, sha256 }) => ({ id, name, state, sha256 })),
  }));
  return JSON.stringify([shown, [...refs]]);
}
