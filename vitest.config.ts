import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const alias = {
  '@': root.replace(/\/$/, ''),
  // Next.js replaces this package while bundling; outside of it there is nothing to guard.
  'server-only': fileURLToPath(new URL('./lib/testing/server-only.ts', import.meta.url)),
};

const isTryingCommands = process.env.HARRIER_TRY_COMMANDS === '1';

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['lib/**/*.test.ts', 'app/**/*.test.ts', 'components/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          // No test asserts a time, and a busy machine is no failure; what hangs still ends here.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['lib/**/*.integration.test.ts', 'scripts/**/*.integration.test.ts'],
          // These ask public registries, and are run by whoever asks for them.
          exclude: [
            '**/node_modules/**',
            ...(isTryingCommands ? [] : ['lib/testing/tried-commands.integration.test.ts']),
          ],
          globalSetup: ['lib/testing/postgres-global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
