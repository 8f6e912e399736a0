import type { Failure } from '../../../src/errors.ts';
import type { Fault } from '../../github-server/faults.ts';
import { addRelease, emptyRepository } from '../../github-server/state.ts';
import { anew, order, printed, runJob } from './job.ts';
import { isPublished, observe } from './observer.ts';
import { impatient, plantedToken, startPlace } from './place.ts';

/** What becomes of a case in the end. */
type Outcome = 'at once' | 'by another run' | 'stopped by others';

/** What became of one case. */
export interface CaseResult {
  readonly title: string;
  /** Method and path of each request that the case had. */
  readonly requests: readonly string[];
  /** What each run failed with; runs that were green are not in it. */
  readonly red: readonly Failure[];
  readonly outcome: Outcome;
  /** Invariants that did not hold; none: all did. */
  readonly broken: readonly string[];
}

const name = 'ML-DGA-20261122-2';
/** Faults that another's hand makes; a run may stop at these for good, saying why. */
const byOthers: readonly Fault[] = ['tag-moved', 'duplicate-draft', 'second-runner'];
/** What a runner may say that came second. */
export const losing = ['claim-held', 'number-lost', 'release-exists', 'precondition-failed', 'verify-failed'];

/**
 * One job under some faults, and once more for each fault while it is red; every moment is observed.
 * @param script number of the request to its fault
 */
export async function runCase(count: number, script: ReadonlyMap<number, Fault>, digests = true): Promise<CaseResult> {
  const repository = emptyRepository();
  addRelease(repository, 'ML-DGA-20260901-1', { 'manifest.json': Buffer.from('{}') });
  addRelease(repository, 'ML-Other-20260901-7', {}, { draft: true, body: 'of another' });
  const wanted = order(name, 'run-1', count, `bytes of ${count}`);
  const rival = order(name, 'run-of-another', count, `other bytes of ${count}`);
  const contested = [...script.values()].includes('second-runner');
  // A killed runner comes back with another token.
  const tokens = [plantedToken(), ...[...script].map(() => plantedToken())];
  const second = plantedToken();
  const runs = new Map([[second, rival.request.run], ...tokens.map((token) => [token, wanted.request.run] as const)]);
  const attempts = tokens.map((_, index) => (index === 0 ? wanted : anew(wanted, `attempt ${index} of ${count}`)));
  const done = (): boolean => attempts.some((each) => isPublished(repository, each));
  const observer = observe(contested ? [...attempts, rival] : attempts, repository.releases, runs);
  const broken: string[] = [];
  const losers: Failure[] = [];
  const place = await startPlace(repository, {
    onChange: observer.onChange,
    writers: [...tokens, second],
    digests,
    onFault: async (fault) => {
      if (fault !== 'second-runner') return;
      // While the first one's request waits, the second one runs from its beginning to its end.
      const failure = await runJob(place.open({ token: second, patience }), rival);
      if (failure !== undefined) losers.push(failure);
      else if (!isPublished(repository, rival)) broken.push('I2: a second run is green, and nothing is published');
    },
  });
  const patience = contested ? { ...impatient, request: 20_000 } : impatient;
  const { server } = place;
  for (const [index, fault] of script) server.faults.set(index, fault);
  const red: Failure[] = [];
  let green = false;
  for (const [index, token] of tokens.entries()) {
    const failure = await runJob(place.open({ token, patience }), attempts[index] ?? wanted, attempts.slice(0, index));
    green = failure === undefined;
    if (green && !done()) broken.push('I2: a run is green, and nothing is published');
    if (failure === undefined) break;
    red.push(failure);
  }
  const secrets = [...tokens, second];
  for (const failure of [...red, ...losers]) broken.push(...unclear(failure, secrets));
  for (const { code } of script.size === 1 ? losers : []) if (!losing.includes(code)) broken.push(`I3: loser: ${code}`);
  const own = repository.releases.filter(({ draft, tag, body }) => draft && tag === name && body !== 'by hand');
  if (green && own.length > 0) broken.push(`${own.length} drafts of its own are left`);
  const others = [...script.values()].some((fault) => byOthers.includes(fault));
  const last = red.at(-1);
  if (!green && !others) broken.push(`I3: the last run is red: ${last?.code}: ${last?.message}`);
  if (contested && script.size === 1 && !green && !isPublished(repository, rival)) broken.push('two runs, no winner');
  broken.push(...new Set(observer.seen), ...server.problems.map((problem) => `schema: ${problem}`));
  await server.close();
  const title = `${count} assets, ${[...script].map(([index, fault]) => `${fault} at ${index}`).join(', ')}`;
  const requests = server.requests.map(({ method, template }) => `${method} ${template}`);
  const outcome = red.length === 0 ? 'at once' : green ? 'by another run' : 'stopped by others';
  return { title, requests, red, outcome, broken };
}

function unclear(failure: Failure, secrets: readonly string[]): string[] {
  const broken: string[] = [];
  const text = printed(failure);
  if (secrets.some((secret) => text.includes(secret))) broken.push('I7: a token was printed');
  if (failure.message.length < 20 || failure.help.length < 10) broken.push('I3: the message does not say what to do');
  return broken;
}

/** Runs pieces of work, some at once, and gives their results in order. */
export async function severally<T>(width: number, work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const queue = work.entries();
  const worker = async (): Promise<void> => {
    for (const [index, piece] of queue) results[index] = await piece();
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
