import type { Report } from '../../src/domain/report.ts';
import { Failure } from '../../src/errors.ts';
import type { Inputs } from '../../src/inputs.ts';
import { terminal } from '../../src/reporters/terminal.ts';
import { run } from '../../src/run.ts';

/** What a run tells. */
export interface Told {
  /** Exit code, also of a failure. */
  readonly exit: number;
  /** What the terminal shows; of a failure its code, message and remedy. */
  readonly text: string;
  readonly result: unknown;
  readonly report: Report | undefined;
  readonly failure: Failure | undefined;
  /** Lines of progress, which go to standard error. */
  readonly progress: readonly string[];
}

/** Runs a command in a folder, as both entries do. */
export async function told(inputs: Inputs, cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Told> {
  const progress: string[] = [];
  const now = (): Date => new Date('2026-11-22T12:00:00Z');
  const host = { cwd, env, now, progress: ({ text }: { text: string }) => void progress.push(text) };
  try {
    const { report, exit } = await run(inputs, host);
    return { exit, text: terminal(report), result: report.result, report, failure: undefined, progress };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const text = `${error.code}\n${error.message}\n${error.help}`;
    return { exit: error.exit, text, result: undefined, report: undefined, failure: error, progress };
  }
}
