import type { FailureReport } from './domain/report.ts';
import { Failure, failures } from './errors.ts';
import { failureText } from './reporters/failure.ts';
import { plainLine } from './reporters/line.ts';

const page = 'https://github.com/ml-detection-release/ml-detection-release/blob/main/docs/errors.md';

/**
 * A failure as people read it: what happened, why, what to do, and its code for `explain`. Anything that is no
 * `Failure` is a defect of the tool and is said to be one, without a stack trace.
 */
export function failureLines(error: unknown): string[] {
  const failure = failureOf(error);
  const text = failureText(failure).map((line) => `         ${line}`);
  return [`failed   ${failure.code}`, ...text].map(plainLine);
}

/** Whatever was thrown, as reports carry it. */
export function failureOf(error: unknown): FailureReport {
  const { code, message, help, exit, cause } = asFailure(error);
  return { code, title: failures[code].title, message, causes: causesOf(cause), help, exit, url: page };
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
