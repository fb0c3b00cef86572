import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Packages import each other's sources, so that no test runs against a stale build (the CLI's own tests build it).
const resolve = { conditions: ['source'] };
const exclude = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    // Most of them wait for a shell, a terminal or the AWS CLI.
    maxWorkers: Math.max(3, availableParallelism()),
    projects: [
      {
        resolve,
        ssr: { resolve },
        test: {
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts', 'bench/*.test.ts', 'fuzz/*.test.ts', 'torture/*.test.ts'],
          exclude: [...exclude, 'packages/testkit/test/{shells,clients}/**'],
          testTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr: { resolve },
        test: {
          name: 'shells',
          include: ['packages/testkit/test/shells/**/*.test.ts'],
          exclude,
          testTimeout: 120_000,
        },
      },
      {
        resolve,
        ssr: { resolve },
        test: {
          name: 'clients',
          include: ['packages/testkit/test/clients/**/*.test.ts'],
          exclude,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
