import { isArray, isObject, member, step, type Value } from '../domain/document.ts';
import type { CheckFinding } from './check.ts';
import { cut, datum } from './datum.ts';
import type { PipelineTest } from './pipeline-tests.ts';

/** What `_simulate` answered to the documents of a test. */
export interface SimulatedTest {
  /** The test's `file`. */
  readonly file: string;
  /** Rows of its `docs`, in their order. */
  readonly answers: readonly Value[];
}

// When a document came in, by the clock of the server (Elastic Common Schema).
const always = ['/event/ingested'];

/** Where what came out is not what was to come out, each at its place in the file of what is expected. */
export function* pipelineDifferences(test: PipelineTest, answers: readonly Value[]): Iterable<CheckFinding> {
  const ignored = new Set([...always, ...test.volatile]);
  for (const [index, { pointer, source }] of test.expected.entries()) {
    const at = (below: string) => ({ file: test.expectedFile, pointer: `${pointer}${below}` });
    const what = `Document ${index + 1} of \`${test.file}\``;
    const answer = answers[index] ?? null;
    const error = member(answer, 'error');
    const came = member(member(answer, 'doc'), '_source');
    if (error !== undefined) yield { message: `${what} fails: ${cut(reasonOf(error))}.`, at: at('') };
    else if (came === undefined && source !== null) yield { message: `${what} is dropped.`, at: at('') };
    else if (came !== undefined && source === null)
      yield { message: `${what} is to be dropped, and is not.`, at: at('') };
    else if (came !== undefined) {
      for (const { below, message } of compared(source, came, '', '', ignored)) {
        yield { message: `${what}: ${message}`, at: at(below) };
      }
    }
  }
}

interface Difference {
  /** Pointer into the expected document. */
  readonly below: string;
  readonly message: string;
}

/** @param below the nearest place that is expected, where it is not the one of `path` */
function* compared(
  wanted: Value | undefined,
  came: Value | undefined,
  path: string,
  below: string,
  ignored: ReadonlySet<string>,
): Iterable<Difference> {
  if (ignored.has(path)) return;
  // What is ignored may be all that an object holds, which then is on one side alone.
  const around = [...ignored].some((pointer) => pointer.startsWith(`${path}/`));
  const [left, right] = [wanted, came].map((side) => (side === undefined && around ? {} : side));
  if (isObject(left) && isObject(right)) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const here = step(path, key);
      const place = member(left, key) === undefined ? below : here;
      yield* compared(member(left, key), member(right, key), here, place, ignored);
    }
  } else if (isArray(wanted) && isArray(came) && wanted.length === came.length) {
    for (const [index, item] of wanted.entries()) {
      const here = step(path, index);
      yield* compared(item, came[index], here, here, ignored);
    }
  } else if (isArray(wanted) || isObject(wanted) || wanted !== came) {
    yield { below, message: `\`${cut(path)}\` ${sentence(wanted, came)}.` };
  }
}

function sentence(wanted: Value | undefined, came: Value | undefined): string {
  if (came === undefined) return `is missing; expected is ${datum(wanted ?? null)}`;
  if (wanted === undefined) return `is ${datum(came)}, and nothing is expected there`;
  return `is ${datum(came)}; expected is ${datum(wanted)}`;
}

function reasonOf(error: Value): string {
  const [type, reason] = [member(error, 'type'), member(error, 'reason')];
  return typeof type === 'string' && typeof reason === 'string' ? `${type}: ${reason}` : JSON.stringify(error);
}
