import { isArray, member, type Value } from '../../domain/document.ts';

/** The words of an error of Elasticsearch: type and reason, with what it comes from. */
export function elasticReason(value: Value | undefined): string | undefined {
  const error = member(value, 'error');
  if (typeof error === 'string') return error;
  const own = worded(error);
  const deepest = innermost(error);
  if (own === undefined || deepest === undefined || deepest === own) return own ?? deepest;
  return `${own} (caused by ${deepest})`;
}

/** Where in its source a script does not compile, and the lines that the server shows of it. */
export interface ScriptFault {
  /** Offset in the source, in UTF-16 units. */
  readonly offset: number;
  readonly shown: readonly string[];
}

/** What an answer says of a script that does not compile; undefined where it is about something else. */
export function scriptFault(value: Value | undefined): ScriptFault | undefined {
  for (let error = member(value, 'error'); error !== undefined; error = member(error, 'caused_by')) {
    const offset = member(member(error, 'position'), 'offset');
    const stack = member(error, 'script_stack');
    if (typeof offset === 'number' && isArray(stack)) return { offset, shown: stack.map(String) };
  }
  return undefined;
}

function worded(error: Value | undefined): string | undefined {
  const [type, reason] = [member(error, 'type'), member(error, 'reason')];
  if (typeof type !== 'string') return undefined;
  return typeof reason === 'string' ? `${type}: ${reason}` : type;
}

function innermost(error: Value | undefined): string | undefined {
  let deepest: string | undefined;
  // An answer is at most so deep; a hostile one must not keep us.
  let at = member(error, 'caused_by');
  for (let depth = 0; at !== undefined && depth < 20; depth += 1) {
    deepest = worded(at) ?? deepest;
    at = member(at, 'caused_by');
  }
  return deepest;
}
