import type { Check } from './check.ts';
import { referenceUnresolved } from './references/reference-unresolved.ts';

/** Every check: one line each. The order is that of the documentation. */
export const checks: readonly Check[] = [
  // references
  referenceUnresolved,
];
