import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cli, environment } from '../mldr.ts';

/** The stages of a release, in order, as `observer.mjs` tells them apart by what the process does. */
export const stages = ['read', 'check', 'plan', 'claim', 'put', 'commit', 'verify'] as const;

/** One of them. */
export type Stage = (typeof stages)[number];

/** When to kill: right before a call of the file system, or some time after a stage began. */
export type Moment =
  | { readonly stage: Stage; readonly call: number }
  | { readonly stage: Stage; readonly afterMilliseconds: number };

/** What was seen of a run from outside. */
export interface Observation {
  /** Calls of the file system in each stage that was reached. */
  readonly calls: Readonly<Record<string, number>>;
  /** Milliseconds that each finished stage took. */
  readonly durations: Readonly<Record<string, number>>;
  /** The stage in which it was killed; undefined where it came to its end. */
  readonly killedIn: string | undefined;
  readonly code: number | null;
}

/** Releases a bundle under observation, and kills it with SIGKILL at a moment, if one is given. */
export function observed(folder: string, bundle: string, moment?: Moment): Promise<Observation> {
  const env = environment({
    OBSERVED_BUNDLE: resolve(folder, bundle),
    OBSERVED_STORE: resolve(folder, 'releases'),
    OBSERVED_NAME: bundle.replace(/^.*\//, ''),
    OBSERVED_KILL: moment !== undefined && 'call' in moment ? `${moment.stage} ${moment.call}` : '',
  });
  const observer = pathToFileURL(resolve('__tests__/e2e/kill/observer.mjs')).href;
  const words = ['--import', observer, cli, 'release', bundle];
  const child = spawn(process.execPath, words, { cwd: folder, env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const marks: { stage: string; calls: number; at: number }[] = [];
  let pending = '';
  let timer: NodeJS.Timeout | undefined;
  child.stdio[3]?.on('data', (chunk: Buffer) => {
    const lines = `${pending}${chunk}`.split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      const [stage = '', calls = '0'] = line.split(' ');
      marks.push({ stage, calls: Number(calls), at: performance.now() });
    }
    if (moment === undefined || !('afterMilliseconds' in moment) || timer !== undefined) return;
    // The mark of a stage is made at its end, so the one before it says that it began.
    const before = ['start', ...stages][stages.indexOf(moment.stage)];
    if (!marks.some(({ stage }) => stage === before)) return;
    timer = setTimeout(() => child.kill('SIGKILL'), moment.afterMilliseconds);
  });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => {
      clearTimeout(timer);
      done(observation(marks, moment, code));
    });
  });
}

function observation(
  marks: readonly { stage: string; calls: number; at: number }[],
  moment: Moment | undefined,
  code: number | null,
): Observation {
  const ended = marks.some(({ stage }) => stage === 'end');
  const byCall = moment !== undefined && 'call' in moment;
  // A process that kills itself makes a mark of the stage it is in; one that is killed stands behind its last mark.
  const last = marks.at(-1)?.stage ?? '';
  const order: readonly string[] = ['start', ...stages];
  const killedIn = ended || code !== null ? undefined : byCall ? last : order[order.indexOf(last) + 1];
  return {
    calls: Object.fromEntries(marks.map(({ stage, calls }) => [stage, calls])),
    durations: Object.fromEntries(
      marks.map(({ stage, at }, index) => [stage, at - (marks[index - 1]?.at ?? at)] as const),
    ),
    killedIn,
    code,
  };
}
