import { isArray, member, type ObjectValue, type Value } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { TargetClient } from '../http/client.ts';
import { importForm } from './import-form.ts';

/** A word of Kibana for a list of exceptions that a rule names and that is not there: the rule is taken without it. */
const listIsGone = 'Reference has been removed';

/** How a rule is imported. */
export interface ImportOptions {
  /** Whether one that stands there is written over. */
  readonly overwrite: boolean;
  /** Whether it is taken all the same where a list of exceptions is gone by now. */
  readonly listsMayBeGone?: boolean;
}

/**
 * Imports one rule under its `rule_id`. What the rule does not say is not kept of one that it is written over.
 * @throws Failure `target-changed` where one stands there by now and is not to be written over, `target-refused` with
 * the reason that the server gives for this rule; the client's
 */
export async function importRule(
  client: TargetClient,
  rule: ObjectValue,
  { overwrite, listsMayBeGone = false }: ImportOptions,
): Promise<void> {
  const { value } = await client.send({
    method: 'POST',
    path: ['api', 'detection_engine', 'rules', '_import'],
    query: { overwrite: String(overwrite) },
    ...importForm(`${JSON.stringify(rule)}\n`),
  });
  const errors = errorsOf(value).filter(({ message }) => !(listsMayBeGone && message.includes(listIsGone)));
  const [first] = errors;
  if (first === undefined) return requireTaken(value);
  const reason = errors.map(({ message }) => safe(message, 1000)).join('; ');
  const code = first.status === 409 && !overwrite ? 'target-changed' : 'target-refused';
  throw new Failure(code, `The rule \`${safe(String(rule['rule_id']))}\` is not taken: ${reason}.`);
}

interface ImportError {
  readonly status: number;
  readonly message: string;
}

function errorsOf(value: Value | undefined): ImportError[] {
  const errors = member(value, 'errors');
  return (isArray(errors) ? errors : []).map((one) => {
    const [status, message] = [member(member(one, 'error'), 'status_code'), member(member(one, 'error'), 'message')];
    return {
      status: typeof status === 'number' ? status : 0,
      message: typeof message === 'string' ? message : 'it does not say why',
    };
  });
}

/** An answer without errors says that the one rule was taken. */
function requireTaken(value: Value | undefined): void {
  if (isArray(member(value, 'errors'))) return;
  throw new Failure('target-answer-invalid', 'The answer to an import of rules has no list of errors.', {
    help: 'Check the address: something else than a Kibana with detection rules may answer there.',
  });
}
