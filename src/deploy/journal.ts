import type { Deployment } from '../domain/deployment.ts';

/**
 * Where a target's deployments are written down, ahead of every change (port; one contract suite in
 * `__tests__/contracts`): an index on Elasticsearch, or a folder (`--state dir:`).
 */
export interface Journal {
  /** Address for messages. */
  readonly address: string;
  /** Every deployment, newest (highest number) first. */
  list(): Promise<Deployment[]>;
  /**
   * Writes the record of a new deployment, exclusively.
   * @throws Failure `deployment-held` where one of that number exists already, or the newest is unfinished
   */
  begin(deployment: Deployment): Promise<void>;
  /**
   * Writes anew a record that this client began or listed.
   * @throws Failure `deployment-lost` where another process wrote it since
   */
  write(deployment: Deployment): Promise<void>;
}
