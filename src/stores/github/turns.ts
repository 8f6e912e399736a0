/**
 * Lets at most so many pieces of work run at once; the others wait for their turn in the order in which they came.
 * @returns runs a piece of work when its turn comes
 */
export function turns(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place is handed on, not given back: nobody slips in between.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
