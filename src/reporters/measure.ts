import type { SubjectReport } from '../domain/report.ts';
import { safe } from '../domain/safe.ts';
import { type Severity, severities } from '../domain/severity.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/**
 * A size for people, in decimal units as disks and GitHub count them: `214 B`, `18.9 kB`, `1.99 MB`.
 * @param bytes 0 or more
 */
export function humanSize(bytes: number): string {
  let value = bytes;
  let step = 0;
  // 999.5 and more would round to four digits: the next unit says it in three.
  while (step < units.length - 1 && value >= (step === 0 ? 1000 : 999.5)) {
    value /= 1000;
    step += 1;
  }
  if (step === 0) return `${value} B`;
  const decimals = value >= 99.95 ? 0 : value >= 9.995 || step === 1 ? 1 : 2;
  return `${value.toFixed(decimals)} ${units[step]}`;
}

/**
 * A duration for people: `0.14 s`, `12.3 s`, `2 min 5 s`.
 * @param seconds 0 or more
 */
export function humanDuration(seconds: number): string {
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** The ends of a digest: enough to tell two apart by eye. */
export function shortDigest(sha256: string): string {
  return safe(sha256.length > 8 ? `${sha256.slice(0, 4)}…${sha256.slice(-4)}` : sha256);
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1 error, 2 warnings`: severities that occur, the heaviest first; empty where nothing was found. */
export function countedSeverities(counts: Readonly<Record<Severity, number>>): string {
  return severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => counted(counts[severity], severity))
    .join(', ');
}

/** How many of each severity there are. */
export function countSeverities(found: Iterable<{ readonly severity: Severity }>): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of found) counts[severity] += 1;
  return counts;
}

/** What a subject is: its kind, how much it holds, and what it was compared with; not printable as it is. */
export function subjectFacts({ kind, source, entries, history, unseen }: SubjectReport): string[] {
  const size = humanSize(entries.reduce((sum, entry) => sum + entry.size, 0));
  return [
    ...(kind === undefined ? [] : [kind]),
    source === 'file' ? size : `${counted(entries.length, 'file')}, ${size}`,
    ...(history === undefined ? [] : [`history: ${history}`]),
    ...(unseen === undefined ? [] : ['history: not seen']),
  ];
}
