/** Longest id that is compared: the cost is the product of two lengths. */
const longest = 100;

/**
 * The candidate that a mistyped id most likely means: equal but for `-`, `_` and case, or a few letters away.
 * @param share one letter in so many may differ: file names share their endings, so they may differ by more
 * @returns undefined where nothing is near
 */
export function nearest(id: string, candidates: Iterable<string>, share = 5): string | undefined {
  if (id.length > longest) return undefined;
  let best: string | undefined;
  let least = Math.max(2, Math.floor(id.length / share)) + 1;
  for (const candidate of candidates) {
    if (candidate.length > longest) continue;
    const distance = fold(candidate) === fold(id) ? 0 : editDistance(id, candidate, least);
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

function fold(id: string): string {
  return id.toLowerCase().replaceAll('_', '-');
}

/** Levenshtein distance, given up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    if (Math.min(...current) >= limit) return limit;
    previous = current;
  }
  return previous[b.length] ?? limit;
}
