/**
 * How an object does its work. `healthy`: it works; `quiet`: nothing is wrong, and it does nothing; `ill`: it fails, or
 * does not do what it was told to; `unknown`: that could not be seen.
 */
type HealthState = 'healthy' | 'quiet' | 'ill' | 'unknown';

/** The health of one object of a target. */
export interface Health {
  readonly state: HealthState;
  /** Why, in words for a person, safe to print; without the object's name and without a full stop. */
  readonly text: string;
  /** What it rests on, by name; counts are plain numbers, moments ISO 8601 in UTC. */
  readonly figures: Readonly<Record<string, number | string>>;
}

/**
 * Share of failures, of all that was done, up to which an object is not ill; 0 where a single one makes it so. Servers
 * count from a beginning of their own, so that one failure of last month would else be told for ever.
 */
export interface Tolerance {
  readonly failures: number;
}

/** Whether failures are more than is borne with. */
export function tooMany(failed: number, count: number, { failures }: Tolerance): boolean {
  return failed > 0 && failed > count * failures;
}

/** `1,234 documents`: a count as people read it. */
export function tally(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}
