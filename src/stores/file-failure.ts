import { safe } from '../domain/safe.ts';
import { errnoOf, Failure } from '../errors.ts';

// EFBIG: the limit of the process (`ulimit -f`), or of the file system.
const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * The failure that an error of the operating system stands for.
 * @param doing decides between `file-unreadable` and `write-failed` for all but a full disk
 * @param place names the file where the error does not
 * @returns a `Failure`, and any error without an errno, as they came
 */
export function fileFailure(error: unknown, doing: 'read' | 'write', place: string): unknown {
  const named = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  return failureAt(named ?? place, error, doing);
}

function failureAt(place: string, error: unknown, doing: 'read' | 'write'): unknown {
  const errno = errnoOf(error);
  if (error instanceof Failure || errno === undefined || !(error instanceof Error)) return error;
  const code = noRoom.has(errno) ? 'disk-full' : doing === 'read' ? 'file-unreadable' : 'write-failed';
  // `ENOSPC: no space left on device, write` ends in the system's call and the path.
  const reason = error.message.split(',')[0] ?? errno;
  return new Failure(code, `Cannot ${doing} \`${safe(place, 1000)}\`: ${safe(reason)}.`, { cause: error });
}

/**
 * Runs a piece of work that writes, maybe beside the place that it is for: the failure names the place, since nobody
 * has heard of a file that is written aside.
 */
export async function writing<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failureAt(place, error, 'write');
  }
}

/** As `writing`, for work that is done when it returns. */
export function writingNow<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw failureAt(place, error, 'write');
  }
}
