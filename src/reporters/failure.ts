import type { FailureReport } from '../domain/report.ts';
import { safe } from '../domain/safe.ts';

/** A failure line by line, each printable: what happened, why, what to do with its indentation, and where to read more. */
export function failureText({ code, message, causes, help }: FailureReport): string[] {
  return [
    ...message.split('\n').map((line) => safe(line, 1000)),
    ...causes.map((line) => `because: ${safe(line)}`),
    ...help.split('\n').map((line) => safe(line, 1000)),
    `Explain it: mldr explain ${safe(code)}`,
  ];
}

/** Code of a token that GitHub does not know: unlike a missing one, somebody meant it to work. */
const rejectedToken = 'github-unauthorised';

/** Names the token where that is what stood in the way of the history; else nothing. */
export function tokenWarning({ code }: FailureReport): string | undefined {
  if (code !== rejectedToken) return undefined;
  return 'GitHub rejects the token that was given (GITHUB_TOKEN; in the action its input `token`): it is wrong, over, or revoked.';
}
