/** Reads and requests that are under way at the same time: enough to hide a slow store, few enough for its limits. */
export const width = 8;

/**
 * Like `Promise.all(items.map(work))`, with at most so many under way; results in the order of the items. Where one
 * fails, no other one is begun, and those under way are told and waited for: when this rejects, nothing goes on.
 * @param work `signal` is aborted where another piece has failed
 * @param most under way at the same time
 * @throws whatever failed first
 */
export async function mapParallel<T, R>(
  items: readonly T[],
  work: (item: T, signal: AbortSignal) => Promise<R>,
  most: number = width,
): Promise<R[]> {
  const results = new Map<number, R>();
  const failures: unknown[] = [];
  const stop = new AbortController();
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    // One iterator for all workers: each takes the next item that nobody has.
    for (const [index, item] of queue) {
      if (stop.signal.aborted) return;
      try {
        results.set(index, await work(item, stop.signal));
      } catch (error) {
        failures.push(error);
        stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
