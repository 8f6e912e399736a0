import { checks } from './registry.ts';

/** Why some checks stay errors, for people. */
export const firmHelp = 'Where it reports, nothing was read that could be released.';

/** Whether a check stays an error whatever anybody sets. */
export function isFirm(id: string): boolean {
  return checks.find((check) => check.id === id)?.firm === true;
}
