import { safe } from '../../domain/safe.ts';
import { errnoOf, Failure } from '../../errors.ts';
import { fileFailure } from '../file-failure.ts';

/** As `fileFailure`; a file where the store must have a folder, or a link, is a `store-invalid`. */
export function storeFailure(error: unknown, doing: 'read' | 'write', place: string): unknown {
  const errno = error instanceof Failure ? undefined : errnoOf(error);
  if (errno !== 'ENOTDIR' && errno !== 'ELOOP') return fileFailure(error, doing, place);
  const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : place;
  return storeInvalid(path, errno === 'ELOOP' ? 'is a link' : 'is not a folder, or lies below a file', error);
}

/** Runs a piece of work whose errors leave it as failures. */
export async function guarded<T>(doing: 'read' | 'write', place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeFailure(error, doing, place);
  }
}

/** Something in the store is not the kind of file that it must be. */
export function storeInvalid(path: string, what: string, cause?: unknown): Failure {
  return new Failure('store-invalid', `\`${safe(path, 1000)}\` ${what}.`, {
    help: 'A store is a folder with one plain folder a release, and plain files in it: take away what is named.',
    cause,
  });
}
