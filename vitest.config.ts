import { defineConfig } from 'vitest/config';

/** A busy machine of two cores must not turn a slow test red: no test here is about time. */
const patient = { testTimeout: 60_000, hookTimeout: 60_000, pool: 'forks' } as const;

/**
 * Two projects. `suite` (unit, contracts, e2e) needs Node and git alone; `peers` needs the programs that
 * `scripts/peers.mjs` installs, and runs under `npm run test:peers` only.
 */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          ...patient,
          name: 'suite',
          include: ['__tests__/**/*.test.ts'],
          exclude: ['__tests__/peers/**'],
        },
      },
      {
        test: {
          ...patient,
          name: 'peers',
          include: ['__tests__/peers/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
