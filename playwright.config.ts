import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Where a browser is looked for when CHROMIUM_PATH does not name one. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

function browserPath(): string | undefined {
  const places = (process.env.PATH ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => places.map((place) => join(place, name))).find((path) => existsSync(path));
  return process.env.CHROMIUM_PATH ?? found;
}

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
