import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commitSha } from '../github-server/state.ts';
import { moment } from './mldr.ts';

/** What became of a step's process. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  /** Everything that the step gave away: both streams, outputs, summary, state and reports; without the masks. */
  readonly given: string;
}

/** A step that goes on beside the test. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** A step of a job: the shipped action and its post step, as the runner starts them. */
export interface Job {
  start(program: 'index' | 'post', more?: Record<string, string>): Running;
  run(program: 'index' | 'post', more?: Record<string, string>): Promise<Ended>;
}

/**
 * A job of run 4711 in a workspace.
 * @param inputs of the action; their names as `action.yml` has them
 * @param env what else is told apart from one runner to another
 */
export function job(workspace: string, inputs: Record<string, string>, env: Record<string, string> = {}): Job {
  const given = Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]);
  const start = (program: string, more: Record<string, string> = {}): Running => {
    mkdirSync(join(workspace, 'runner'), { recursive: true });
    const runner = mkdtempSync(join(workspace, 'runner', 'step-'));
    const files = Object.fromEntries(
      ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_STATE'].map((name) => [name, join(runner, name)]),
    );
    for (const file of Object.values(files)) writeFileSync(file, '');
    const child = spawn(process.execPath, [resolve(`dist/${program}.cjs`)], {
      cwd: workspace,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'] ?? '',
        SOURCE_DATE_EPOCH: moment,
        GITHUB_WORKSPACE: workspace,
        GITHUB_REPOSITORY: 'blue-team/detections',
        GITHUB_RUN_ID: '4711',
        GITHUB_SHA: commitSha,
        RUNNER_TEMP: runner,
        ...files,
        ...Object.fromEntries(given),
        ...env,
        ...more,
      },
    });
    return { child, ended: ended(child, runner) };
  };
  return { start, run: (program, more) => start(program, more).ended };
}

/** The runner's spelling: upper case, hyphens as they are. */
export function inputVariable(name: string): string {
  return `INPUT_${name.toUpperCase()}`;
}

async function ended(child: ChildProcess, runner: string): Promise<Ended> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((done, failed) => {
    child.once('error', failed);
    child.once('close', (...how) => done(how));
  });
  const stdout = Buffer.concat(out).toString();
  const files = existsSync(runner) ? readdirSync(runner).map((name) => readFileSync(join(runner, name), 'utf8')) : [];
  rmSync(runner, { recursive: true, force: true });
  // What hides a secret has to name it; the runner takes these lines out of the log.
  const shown = stdout.replace(/^::add-mask::.*$/gm, '');
  return { code, signal, stdout, given: [shown, Buffer.concat(err).toString(), ...files].join('\n') };
}
