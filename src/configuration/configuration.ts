import type { Kind } from '../domain/kind.ts';
import { defaultLimits, type Limits } from '../domain/limits.ts';
import type { ApprovedScript } from '../domain/script.ts';
import type { SeverityRule } from '../domain/severity.ts';
import type { YankedRelease } from '../domain/yanked.ts';
import type { TargetSettings } from './targets.ts';

/** What the configuration file and the flags settle before anything is read. */
export interface Configuration {
  /** The file it came from; undefined where there is none. */
  readonly file?: string;
  readonly store?: string;
  readonly failOn?: 'error' | 'warning';
  readonly severities: readonly SeverityRule[];
  readonly limits: Limits;
  readonly kinds: readonly Kind[];
  readonly yanked: readonly YankedRelease[];
  readonly scripts: readonly ApprovedScript[];
  readonly targets: readonly TargetSettings[];
  /** Limits above their defaults: printed in every report. */
  readonly lifted: readonly string[];
}

/** Name of the file that is looked for in the working folder. */
export const configurationFile = 'ml-detection-release.toml';

/** What holds without a file. */
export const noConfiguration: Configuration = {
  severities: [],
  limits: defaultLimits,
  kinds: [],
  yanked: [],
  scripts: [],
  targets: [],
  lifted: [],
};
