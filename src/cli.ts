import { parseCommandLine } from './command-line.ts';
import { momentOf } from './host.ts';
import type { Inputs } from './inputs.ts';
import { exitOf, failureLines } from './log.ts';
import { toolVersion } from './version.ts';

/** Exit code of a process whose reader has gone (128 + SIGPIPE). */
const brokenPipe = 141;

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
  const [{ run }, { deliver, destinations }, terminal] = await Promise.all([
    import('./run.ts'),
    import('./report-output.ts'),
    import('./terminal.ts'),
  ]);
  const { env } = process;
  const targets = destinations(inputs.report);
  const quiet = inputs.quiet === true;
  const colour = terminal.wantsColour(inputs, env, process.stdout.isTTY === true);
  const options = { colour, quiet, columns: process.stdout.columns ?? 100 };
  const interactive = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const { report, exit } = await run(inputs, {
    cwd: process.cwd(),
    env,
    now: () => momentOf(env),
    progress: terminal.progressOn(process.stderr, quiet),
    ...(interactive ? { ask: terminal.ask } : {}),
  });
  process.stdout.write(await deliver(report, targets, process.cwd(), options));
  return exit;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? brokenPipe : 2));

main(process.argv.slice(2)).then(
  (exit) => {
    process.exitCode = exit;
  },
  (error: unknown) => {
    process.stderr.write(`${failureLines(error).join('\n')}\n`);
    process.exitCode = exitOf(error);
  },
);
