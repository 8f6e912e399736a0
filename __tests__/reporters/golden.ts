import { readFileSync } from 'node:fs';
import { broken, clean, listed, packed, released } from './samples.ts';

/** The samples whose rendering is committed, by name. */
export const samples = {
  broken,
  clean,
  published: released(),
  unchanged: released('unchanged'),
  planned: released('planned'),
  listed,
  packed,
} as const;

export type SampleName = keyof typeof samples;

const folder = new URL('../fixtures/reports/', import.meta.url);

/** The committed rendering of a sample: `broken.terminal.txt`. */
export function golden(sample: SampleName, ending: string): string {
  return readFileSync(new URL(`${sample}.${ending}`, folder), 'utf8');
}

export const links = { server: 'https://github.com', repository: 'acme/detections', commit: 'c0ffee'.padEnd(40, '0') };
