import type { Deployment } from '../domain/deployment.ts';
import { keyText, type ObjectKey } from '../domain/resource.ts';
import { safe } from '../domain/safe.ts';
import { Failure } from '../errors.ts';

/** Why an object keeps a plan from being made. */
export interface Refusal {
  readonly code: 'target-foreign' | 'target-unchangeable' | 'target-used';
  readonly object: ObjectKey;
  /** A clause, safe to print. */
  readonly why: string;
  /** What to do, where the code's own help does not fit. */
  readonly help?: string;
}

// What is a matter of consent comes last: it would not help against the others.
const order = ['target-used', 'target-unchangeable', 'target-foreign'] as const;

/** @throws Failure of the first code that there is, naming each of its objects */
export function throwRefusals(refusals: readonly Refusal[]): void {
  const code = order.find((candidate) => refusals.some((refusal) => refusal.code === candidate));
  if (code === undefined) return;
  const those = refusals.filter((refusal) => refusal.code === code);
  const message = those.map(({ object, why }) => `\`${safe(keyText(object))}\`: ${why}.`).join(' ');
  const help = those.find((refusal) => refusal.help !== undefined)?.help;
  throw new Failure(code, message, help === undefined ? {} : { help });
}

/** A deployment, named for a person. */
export function nameOf({ release, number }: Deployment): string {
  return release === undefined ? `deployment ${number}` : `\`${safe(release)}\` (deployment ${number})`;
}

/** Names in a sentence; of many the first five. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `\`${safe(name)}\``);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
