import { expect } from 'vitest';
import { releaseStoreContract } from '../../contracts/release-store.ts';
import { startPlace } from './place.ts';

releaseStoreContract('GitHub', async () => {
  const { server, open } = await startPlace();
  return {
    open: () => open({ patience: {} }),
    close: async () => {
      await server.close();
      expect(server.problems).toEqual([]);
    },
  };
});
