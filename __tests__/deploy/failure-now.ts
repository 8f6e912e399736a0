import { Failure } from '../../src/errors.ts';

/** The failure that a function throws; undefined where it throws none. */
export function failureNow(work: () => unknown): Failure | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  return undefined;
}
