import { checks } from './registry.ts';

/** Why a check cannot be made lighter, for people; undefined where it can. */
export function firmReason(id: string): string | undefined {
  const firm = checks.find((check) => check.id === id)?.firm;
  return firm === true ? 'Where it reports, nothing was read that could be released.' : firm;
}
