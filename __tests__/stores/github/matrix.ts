import type { Failure } from '../../../src/errors.ts';
import type { Fault } from '../../github-server/faults.ts';
import { addRelease, emptyRepository } from '../../github-server/state.ts';
import { order, printed, runJob } from './job.ts';
import { isPublished, observe } from './observer.ts';
import { plantedToken, startPlace } from './place.ts';

/** What became of one case. */
export interface CaseResult {
  readonly title: string;
  /** Requests of the first run. */
  readonly requests: number;
  /** What each run failed with; runs that were green are not in it. */
  readonly red: readonly Failure[];
  readonly green: boolean;
  /** Invariants that did not hold; none: all did. */
  readonly broken: readonly string[];
}

const name = 'ML-DGA-20261122-2';
/** Faults that another person's hand makes; a run may stop at these for good, saying why. */
const byHand: readonly Fault[] = ['tag-moved', 'duplicate-draft'];

/**
 * One job under some faults, and once more for each fault while it is red; every moment is observed.
 * @param script number of the request to its fault
 */
export async function runCase(count: number, script: ReadonlyMap<number, Fault>, digests = true): Promise<CaseResult> {
  const repository = emptyRepository();
  addRelease(repository, 'ML-DGA-20260901-1', { 'manifest.json': Buffer.from('{}') });
  addRelease(repository, 'ML-Other-20260901-7', {}, { draft: true, body: 'of another' });
  const wanted = order(name, 'run-1', count, `bytes of ${count}`);
  const observer = observe([wanted], repository.releases);
  // A killed runner comes back with another token.
  const tokens = [...script].map(() => plantedToken());
  const place = await startPlace(repository, { onChange: observer.onChange, writers: tokens, digests });
  const { server } = place;
  for (const [index, fault] of script) server.faults.set(index, fault);
  const broken: string[] = [];
  const red: Failure[] = [];
  let [green, requests] = [false, 0];
  for (const token of [place.token, ...tokens]) {
    const failure = await runJob(place.open({ token }), wanted);
    green = failure === undefined;
    if (requests === 0) requests = server.requests.length;
    if (green && !isPublished(repository, wanted)) broken.push('I2: a run is green, and nothing is published');
    if (failure === undefined) break;
    red.push(failure);
    const text = printed(failure);
    if ([place.token, ...tokens].some((secret) => text.includes(secret))) broken.push('I7: a token was printed');
    if (failure.message.length < 20 || failure.help.length < 10) broken.push('I3: the message does not say what to do');
  }
  const left = repository.releases.filter(({ draft, tag, body }) => draft && tag === name && body !== 'by hand').length;
  if (green && left > 0) broken.push(`${left} drafts of its own are left`);
  const hand = [...script.values()].some((fault) => byHand.includes(fault));
  const last = red.at(-1);
  if (!green && script.size > 0 && !hand) broken.push(`I3: the last run is red: ${last?.code}: ${last?.message}`);
  broken.push(...new Set(observer.seen), ...server.problems.map((problem) => `schema: ${problem}`));
  await server.close();
  const title = `${count} assets, ${[...script].map(([index, fault]) => `${fault} at ${index}`).join(', ')}`;
  return { title, requests, red, green, broken };
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
