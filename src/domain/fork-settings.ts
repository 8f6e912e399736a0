/** What is known of the configuration file of a run that a fork's pull request started. */
export interface ForkSettings {
  /** The file, as messages name it. */
  readonly file: string;
  /** What the pull request did to it; where nobody can tell, why. */
  readonly change: 'none' | 'written' | 'removed' | { readonly unknown: string };
}
