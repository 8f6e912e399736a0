import { parseCommandLine } from './command-line.ts';
import type { CommandName } from './command-table.ts';
import { momentOf } from './host.ts';
import type { Inputs } from './inputs.ts';
import { exitOf, failureLines } from './log.ts';
import { plainText } from './reporters/line.ts';
import { end, isTerminal, print, standardError } from './standard-streams.ts';
import { toolVersion } from './version.ts';
import { whenStopped } from './when-stopped.ts';

const stopped =
  'A release is in the store whole or not at all. Run the same command again: it goes on where this one ended.';

/** Commands that may ask a person. */
const canAsk: readonly CommandName[] = ['pack', 'release'];

async function main(argv: readonly string[]): Promise<number> {
  const request = parseCommandLine(argv);
  if (request.kind === 'version') {
    print(`${toolVersion}\n`);
    return 0;
  }
  if (request.kind === 'help') {
    const { helpText } = await import('./help.ts');
    print(helpText(request.command));
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
  const shown = isTerminal('stdout');
  const colour = wantsColour(inputs, env, shown);
  const interactive = canAsk.includes(inputs.command) && isTerminal('stdin') && isTerminal('stderr');
  if (inputs.command === 'release') sayWhenStopped();
  const person = interactive ? (await import('./question.ts')).questioner(inputs.command, colour) : undefined;
  let progress: ReturnType<typeof progressOn> | undefined;
  const { report, exit } = await run(inputs, {
    cwd: process.cwd(),
    env,
    now: () => momentOf(env),
    progress: (line) => {
      progress ??= progressOn(standardError(), quiet);
      progress(line);
    },
    unfinished: whenStopped((lines) => standardError().write(`\n${plainText(lines)}`)),
    output: print,
    plans: targets.some(({ format }) => format === 'json' || format === 'markdown'),
    ...(person === undefined ? {} : { ask: person.ask }),
  });
  // What was shown with the question need not be read twice, where both go to the same person.
  const told = person?.asked() === true && shown;
  const options = { colour, quiet, told, columns: widthOf(shown ? process.stdout : undefined) };
  await deliver(report, targets, process.cwd(), options, print);
  return exit;
}

/** A person who stops a release wants to know what is left of it; then the signal does what it does. */
function sayWhenStopped(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      standardError().write(`\nstopped  ${signal}\n         ${stopped}\n`);
      process.kill(process.pid, signal);
    });
  }
}

main(process.argv.slice(2)).then(end, (error: unknown) => {
  standardError().write(`${failureLines(error).join('\n')}\n`);
  end(exitOf(error));
});
