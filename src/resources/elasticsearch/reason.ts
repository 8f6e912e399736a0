import { isArray, isObject, member, type ObjectValue, type Value } from '../../domain/document.ts';

// What a real server nests is a handful deep, and its excerpt of a script a handful of lines: a hostile answer must
// neither keep us nor fill a screen.
const deepest = 20;
const longestExcerpt = 20;

/** The words of an error of Elasticsearch: type and reason, with what it comes from. */
export function elasticReason(value: Value | undefined): string | undefined {
  const error = member(value, 'error');
  if (typeof error === 'string') return error;
  const said = causes(error).flatMap((cause) => worded(cause) ?? []);
  const [own, innermost] = [said[0], said.at(-1)];
  if (own === undefined || innermost === undefined || innermost === own) return own;
  return `${own} (caused by ${innermost})`;
}

/** Where in its source a script does not compile, and the lines that the server shows of it. */
export interface ScriptFault {
  /** Offset in the source, in UTF-16 units. */
  readonly offset: number;
  readonly shown: readonly string[];
}

/** What an answer says of a script that does not compile; undefined where it is about something else. */
export function scriptFault(value: Value | undefined): ScriptFault | undefined {
  for (const cause of causes(member(value, 'error'))) {
    const offset = member(member(cause, 'position'), 'offset');
    const stack = member(cause, 'script_stack');
    if (typeof offset === 'number' && Number.isSafeInteger(offset) && offset >= 0 && isArray(stack)) {
      return { offset, shown: stack.filter((line) => typeof line === 'string').slice(0, longestExcerpt) };
    }
  }
  return undefined;
}

/** An error and what it comes from, outermost first: some answers have a list of roots and nothing else. */
function causes(error: Value | undefined): ObjectValue[] {
  const found: ObjectValue[] = [];
  for (let at = error; isObject(at) && found.length < deepest; at = member(at, 'caused_by') ?? root(at)) found.push(at);
  return found;
}

/** The first root of an error that says nothing itself. */
function root(error: ObjectValue): Value | undefined {
  const roots = member(error, 'root_cause');
  return isArray(roots) ? roots[0] : undefined;
}

function worded(error: Value | undefined): string | undefined {
  const [type, reason] = [member(error, 'type'), member(error, 'reason')];
  if (typeof type !== 'string') return typeof reason === 'string' ? reason : undefined;
  return typeof reason === 'string' ? `${type}: ${reason}` : type;
}
