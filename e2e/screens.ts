// `npm run screens`: the pictures of docs/screens, taken of the built product on the sample estate that the engine scans.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { browserPath } from './support/browser-path.ts';
import { ADMIN } from './support/journey.ts';
import { startServer } from './support/server.ts';

const SCREENS = fileURLToPath(new URL('../docs/screens', import.meta.url));
const PAGES = ['overview', 'findings'] as const;
const VIEWS = [
  { theme: 'light', width: 1280, height: 760 },
  { theme: 'dark', width: 1280, height: 760 },
  { theme: 'light', width: 390, height: 844 },
  { theme: 'dark', width: 390, height: 844 },
] as const;

const server = await startServer();
const executablePath = browserPath();
const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath ? { executablePath } : {}) });
try {
  mkdirSync(SCREENS, { recursive: true });
  const state = await loadSample(browser);
  for (const view of VIEWS) await take(browser, state, view);
} finally {
  await browser.close();
  await server.stop();
}

type State = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>;

async function loadSample(chrome: Browser): Promise<State> {
  const context = await chrome.newContext();
  const page = await context.newPage();
  await page.goto(server.setUpLink);
  await page.getByLabel('Name').fill(ADMIN.name);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Create sign-in' }).click();
  await page.waitForURL('**/welcome');
  await page.getByText('Sample estate').first().click();
  await page.getByRole('button', { name: 'Load the sample estate' }).click();
  await page.getByRole('link', { name: 'Show the overview' }).click({ timeout: 120_000 });
  await page.waitForURL('**/overview**');
  const state = await context.storageState();
  await context.close();
  return state;
}

async function take(chrome: Browser, state: State, view: (typeof VIEWS)[number]): Promise<void> {
  const { theme, width, height } = view;
  const context = await chrome.newContext({
    viewport: { width, height },
    storageState: state,
    baseURL: server.url,
    reducedMotion: 'reduce',
  });
  await context.addCookies([{ name: 'theme', value: theme, url: server.url }]);
  const page = await context.newPage();
  for (const name of PAGES) {
    await page.goto(`/${name}`, { waitUntil: 'networkidle' });
    if (name === 'findings' && width > 1000) {
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByText(/^Why \d/).waitFor();
    }
    const size = width > 1000 ? '' : '-390';
    await page.screenshot({ path: join(SCREENS, `${name}-${theme}${size}.png`) });
  }
  await context.close();
}
