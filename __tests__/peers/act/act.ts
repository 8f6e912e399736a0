import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { peer, root } from '../peer.ts';
import type { Workspace } from './workspace.ts';

const stubs = join(root, '__tests__/peers/act/stubs');

/** For each action of GitHub that needs its services, as the workflows pin it, the stub that stands for it. */
function stubWords(folder: string): string[] {
  const workflows = join(folder, '.github/workflows');
  const texts = readdirSync(workflows).map((name) => readFileSync(join(workflows, name), 'utf8'));
  const pins = texts.flatMap((text) => [...text.matchAll(/uses: (actions\/([a-z-]+)@[0-9a-f]{40})/g)]);
  const known = new Map(pins.map(([, pin = '', name = '']) => [pin, name]));
  return [...known]
    .filter(([, name]) => existsSync(join(stubs, name)))
    .flatMap(([pin, name]) => ['--local-repository', `${pin}=${join(stubs, name)}`]);
}

/** A command that a step gave to the runner (`error`, `set-output`, `add-mask`…), or a summary that it wrote. */
interface RunnerCommand {
  readonly command: string;
  readonly step: string;
  readonly name: string;
  readonly value: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** What a run of act left to see. */
export interface ActRun {
  readonly exit: number | null;
  readonly commands: readonly RunnerCommand[];
  /** What steps printed, as a person sees it: masked, without commands; and why a step failed. */
  readonly log: string;
  /** Everything that act itself printed. */
  readonly printed: string;
}

/** What act is told besides the event. */
export interface ActOptions {
  /** What the event says besides its repository and inputs. */
  readonly event?: Readonly<Record<string, unknown>>;
  readonly token?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the caller's workflow of a workspace on Node 24, on this machine, without containers and without a network. */
export async function act(
  { folder, beside }: Workspace,
  trigger: 'pull_request' | 'push' | 'workflow_dispatch',
  { event = {}, token, inputs = {}, env = {} }: ActOptions = {},
): Promise<ActRun> {
  const eventFile = join(beside, 'event.json');
  const repository = { full_name: 'blue-team/detections', name: 'detections', private: false };
  writeFileSync(eventFile, JSON.stringify({ repository, inputs, ...event }));
  const words = [
    ...[trigger, '--json', '--no-cache-server', '--workflows', '.github/workflows/caller.yml'],
    ...['--platform', 'ubuntu-24.04=-self-hosted', '--eventpath', eventFile],
    ...stubWords(folder),
    ...Object.entries({ STUB_ARTIFACTS: join(beside, 'artifacts'), ...env }).flatMap(([name, value]) => [
      '--env',
      `${name}=${value}`,
    ]),
    ...(token === undefined ? [] : ['--secret', `GITHUB_TOKEN=${token}`]),
  ];
  const child = spawn(peer('act'), words, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { HOME: join(beside, 'home'), PATH: `${dirname(peer('node24'))}:${process.env['PATH']}` },
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exit, ...readLines(Buffer.concat(chunks).toString()) };
}

interface LogLine {
  readonly msg?: string;
  readonly raw_output?: boolean;
  readonly level?: string;
  readonly command?: string;
  readonly step?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly content?: string;
  readonly kvPairs?: Readonly<Record<string, string>>;
}

function readLines(printed: string): Omit<ActRun, 'exit'> {
  const lines: LogLine[] = printed
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const commands = lines.flatMap(({ command, step = '', name = '', arg, content, kvPairs }) =>
    command === undefined ? [] : [{ command, step, name, value: arg ?? content ?? '', properties: kvPairs ?? {} }],
  );
  // What act says itself of a step that failed goes with it: it is why, where a step printed nothing.
  const log = lines
    .filter(({ raw_output: raw, level }) => raw === true || level === 'error')
    .map(({ msg = '' }) => msg)
    .join('');
  return { commands, log, printed };
}

/** The outputs of a step; a name that it set twice counts once. */
export function outputsOf({ commands }: ActRun, step: string): Readonly<Record<string, string>> {
  const own = commands.filter(({ command, step: of }) => command === 'set-output' && of === step);
  return Object.fromEntries(own.map(({ name, value }) => [name, value]));
}

/** The annotations of a run: `error`, `warning`, `notice`. */
export function annotationsOf({ commands }: ActRun): RunnerCommand[] {
  return commands.filter(({ command }) => ['error', 'warning', 'notice'].includes(command));
}

/** The job summary of a run: of all its jobs, one after the other. */
export function summaryOf({ commands }: ActRun): string {
  return commands
    .filter(({ command }) => command === 'summary')
    .map(({ value }) => value)
    .join('\n');
}
