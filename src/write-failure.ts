import { errnoOf, Failure } from './errors.ts';

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Runs a piece of work that writes; an error of the operating system becomes a failure that names the place. */
export async function writing<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const errno = errnoOf(cause);
    if (cause instanceof Failure || errno === undefined) throw cause;
    throw new Failure(full.has(errno) ? 'disk-full' : 'write-failed', `${place} cannot be written.`, { cause });
  }
}
