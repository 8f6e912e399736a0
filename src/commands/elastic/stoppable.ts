import type { Host } from '../../host.ts';

/**
 * Does something that leaves a target half-way where the process is stopped meanwhile: the host knows what repairs it.
 * @param repair the one command, as it is typed
 */
export async function stoppable<Done>({ unfinished }: Host, repair: string, work: () => Promise<Done>): Promise<Done> {
  unfinished?.(repair);
  try {
    return await work();
  } finally {
    unfinished?.(undefined);
  }
}
