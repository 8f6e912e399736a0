import { safe } from './domain/safe.ts';
import { Failure, failures } from './errors.ts';
import { plainLine } from './reporters/line.ts';

/**
 * A failure as people read it: what happened, why, what to do, and its code for `explain`. Anything that is no
 * `Failure` is a defect of the tool and is said to be one, without a stack trace.
 */
export function failureLines(error: unknown): string[] {
  const failure = asFailure(error);
  const causes = causesOf(failure.cause);
  const lines = [
    `failed   ${failure.code}`,
    ...`${failure.message}`.split('\n').map((line) => `         ${safe(line, 1000)}`),
    ...causes.map((line) => `         because: ${safe(line)}`),
    ...failure.help.split('\n').map((line) => `         ${safe(line, 1000)}`),
    `         Explain it: mldr explain ${failure.code}`,
  ];
  return lines.map(plainLine);
}

/** The exit code of whatever was thrown. */
export function exitOf(error: unknown): 1 | 2 | 3 {
  return asFailure(error).exit;
}

/** A `Failure` as it is; anything else as `internal`. Parts of the program are separate files, so by shape. */
function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Failure('internal', message, { help: failures.internal.help });
}

function causesOf(cause: unknown): string[] {
  if (!(cause instanceof Error)) return [];
  return [cause.message, ...causesOf(cause.cause)].slice(0, 3);
}
