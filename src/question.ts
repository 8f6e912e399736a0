import type { CommandName } from './command-table.ts';
import type { Host } from './host.ts';
import { render } from './reporters/reporter.ts';
import { countsOf } from './result.ts';
import { standardError } from './standard-streams.ts';
import { ask, widthOf } from './terminal.ts';
import { toolName, toolVersion } from './version.ts';

/** Asks a person; knows afterwards whether it did. */
interface Questioner {
  readonly ask: NonNullable<Host['ask']>;
  asked(): boolean;
}

/** Asks on standard error, below the findings and the plan that the question is about: nobody answers unseen. */
export function questioner(command: CommandName, colour: boolean): Questioner {
  let asked = false;
  return {
    asked: () => asked,
    async ask(question, about) {
      asked = true;
      const report = {
        tool: { name: toolName, version: toolVersion },
        command,
        outcome: 'passed',
        subjects: [about],
        counts: countsOf([about]),
        // Since the process began.
        duration: performance.now() / 1000,
        ...(about.plan === undefined ? {} : { store: about.plan.store }),
      } as const;
      standardError().write(`${await render('terminal', report, { colour, columns: widthOf(process.stderr) })}\n`);
      return ask(question);
    },
  };
}
