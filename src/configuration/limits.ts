import { nearest } from '../checks/near.ts';
import { defaultLimits, type Limits, limitCeilings } from '../domain/limits.ts';

type LimitName = keyof Limits;

const names = Object.keys(defaultLimits).filter((name): name is LimitName => Object.hasOwn(defaultLimits, name));

/** Spelling of every limit in files and flags. */
export const limitFlags: readonly string[] = names.map(limitFlag);

/** Why a limit cannot be set so; the caller knows where it stands. */
export interface LimitDefect {
  readonly name: string;
  readonly message: string;
  readonly help?: string;
}

/** Spelling of a limit in files and flags: `archive-bytes` for `archiveBytes`. */
export function limitFlag(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * Limits with some of them set.
 * @param settings names in kebab-case, and whole numbers of 1 or more
 */
export function withLimits(base: Limits, settings: ReadonlyMap<string, number>): Limits | LimitDefect {
  const limits = { ...base };
  for (const [flag, value] of settings) {
    const name = names.find((candidate) => limitFlag(candidate) === flag);
    if (name === undefined) {
      const near = nearest(flag, limitFlags);
      return {
        name: flag,
        message: `There is no limit \`${flag}\`.`,
        help: near === undefined ? `Limits: ${limitFlags.join(', ')}.` : `Did you mean \`${near}\`?`,
      };
    }
    if (!Number.isSafeInteger(value) || value < 1 || value > limitCeilings[name]) {
      return { name: flag, message: `The limit \`${flag}\` must be a whole number from 1 to ${limitCeilings[name]}.` };
    }
    limits[name] = value;
  }
  return limits;
}

/** The limits that are above their defaults, as a report names them. */
export function liftedLimits(limits: Limits): string[] {
  return names
    .filter((name) => limits[name] > defaultLimits[name])
    .map((name) => `limit ${limitFlag(name)}: ${defaultLimits[name]} → ${limits[name]}`);
}
