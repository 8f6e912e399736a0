import { parseCommandLine } from './command-line.ts';
import { momentOf } from './host.ts';
import type { Inputs } from './inputs.ts';
import { exitOf, failureLines } from './log.ts';
import { toolVersion } from './version.ts';

/** Exit code of a process whose reader has gone (128 + SIGPIPE). */
const brokenPipe = 141;

const stopped =
  'A release is in the store whole or not at all. Run the same command again: it goes on where this one ended.';

async function main(argv: readonly string[]): Promise<number> {
  const request = parseCommandLine(argv);
  if (request.kind === 'version') {
    process.stdout.write(`${toolVersion}\n`);
    return 0;
  }
  if (request.kind === 'help') {
    const { helpText } = await import('./help.ts');
    process.stdout.write(helpText(request.command));
    return 0;
  }
  return execute(request.inputs);
}

async function execute(inputs: Inputs): Promise<number> {
  const [{ run }, { deliver, destinations, requireFolders }, { progressOn, wantsColour, widthOf }] = await Promise.all([
    import('./run.ts'),
    import('./report-output.ts'),
    import('./terminal.ts'),
  ]);
  const { env } = process;
  const targets = destinations(inputs.report);
  requireFolders([...targets, { file: inputs['plan-out'] }], process.cwd());
  const quiet = inputs.quiet === true;
  const colour = wantsColour(inputs, env, process.stdout.isTTY === true);
  const interactive = process.stdin.isTTY === true && process.stderr.isTTY === true;
  if (inputs.command === 'release') sayWhenStopped();
  const person = interactive ? (await import('./question.ts')).questioner(inputs.command, colour) : undefined;
  const { report, exit } = await run(inputs, {
    cwd: process.cwd(),
    env,
    now: () => momentOf(env),
    progress: progressOn(process.stderr, quiet),
    ...(person === undefined ? {} : { ask: person.ask }),
  });
  // What was shown with the question need not be read twice, where both go to the same person.
  const told = person?.asked() === true && process.stdout.isTTY === true;
  const options = { colour, quiet, told, columns: widthOf(process.stdout) };
  await deliver(report, targets, process.cwd(), options, (text) => process.stdout.write(text));
  return exit;
}

/** A person who stops a release wants to know what is left of it; then the signal does what it does. */
function sayWhenStopped(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.stderr.write(`\nstopped  ${signal}\n         ${stopped}\n`);
      process.kill(process.pid, signal);
    });
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? brokenPipe : 2));
// Whoever closes it wants no progress; what was begun is brought to its end.
process.stderr.on('error', () => undefined);

main(process.argv.slice(2)).then(
  (exit) => {
    process.exitCode = exit;
  },
  (error: unknown) => {
    process.stderr.write(`${failureLines(error).join('\n')}\n`);
    process.exitCode = exitOf(error);
  },
);
