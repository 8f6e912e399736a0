import { expect } from 'vitest';
import { preflightContract } from '../../contracts/preflight.ts';
import { emptyRepository, frozenCopy } from '../../github-server/state.ts';
import { startPlace } from './place.ts';

preflightContract('GitHub', async () => {
  const repository = emptyRepository();
  for (const run of ['101', '202', '303']) repository.runs.set(run, 'in_progress');
  const { server, open } = await startPlace(repository);
  return {
    open: () => open({ patience: {} }),
    end: async (run) => void repository.runs.set(/^github-(\d+)/.exec(run)?.[1] ?? '', 'completed'),
    state: () => frozenCopy(repository),
    spoil: async () => {
      repository.archived = true;
    },
    close: async () => {
      await server.close();
      expect(server.problems).toEqual([]);
    },
  };
});
