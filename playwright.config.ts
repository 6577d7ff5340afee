import { defineConfig } from '@playwright/test';
import { browserPath } from './e2e/support/browser-path.ts';

const executablePath = browserPath();

export default defineConfig({
  testDir: 'e2e/journeys',
  outputDir: 'test-results',
  globalSetup: './e2e/support/global-setup.ts',
  // The journeys share one server and tell one story in order: set-up, then what a signed-in person does.
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: process.env.HARRIER_REPORT ? [['json', { outputFile: process.env.HARRIER_REPORT }], ['line']] : [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        // A sandbox cannot be made as root or inside most containers; the pages are our own.
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
