import { safe } from './domain/safe.ts';
import type { ProgressLine } from './host.ts';
import type { Inputs } from './inputs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether to colour: `--no-color` and `NO_COLOR` forbid, `FORCE_COLOR` demands, else a terminal decides. */
export function wantsColour(inputs: Partial<Inputs>, env: Environment, isTerminal: boolean): boolean {
  if (inputs['no-color'] === true) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  const forbidden = env['NO_COLOR'];
  return isTerminal && (forbidden === undefined || forbidden === '') && env['TERM'] !== 'dumb';
}

/** Asks on the terminal; anything but y or yes is a "no", and so is the end of the input. */
export async function ask(question: string): Promise<boolean> {
  // Loaded when somebody is asked: it takes longer to load than a bundle takes to read.
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed]);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Columns of a terminal; some (a serial line, a new pseudo-terminal) say 0, a file says nothing. */
export function widthOf(stream: NodeJS.WriteStream | undefined): number {
  return stream !== undefined && stream.columns > 0 ? stream.columns : 100;
}

/** Shows progress on standard error: in place on a terminal, one line when done in a log. */
export function progressOn(stream: NodeJS.WriteStream, quiet: boolean): (line: ProgressLine) => void {
  return ({ text, done, clear }) => {
    if (quiet) return;
    if (clear === true) {
      if (stream.isTTY) stream.write('\r\u001b[2K');
      return;
    }
    const cut = safe(text, widthOf(stream) - 4);
    if (stream.isTTY) stream.write(`\r\u001b[2K${done ? '✓' : '…'} ${cut}${done ? '\n' : ''}`);
    else if (done) stream.write(`✓ ${safe(text)}\n`);
  };
}
