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
  const errno = errnoOf(error);
  if (error instanceof Failure || errno === undefined || !(error instanceof Error)) return error;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : place;
  const code = noRoom.has(errno) ? 'disk-full' : doing === 'read' ? 'file-unreadable' : 'write-failed';
  // `ENOSPC: no space left on device, write` ends in the system's call and the path.
  const reason = error.message.split(',')[0] ?? errno;
  return new Failure(code, `Cannot ${doing} \`${safe(path, 1000)}\`: ${safe(reason)}.`, { cause: error });
}
