// `npm run gallery`: pictures of every page and state into docs/screens and docs/gallery.md, taken of the built product on the sample
// estate that the engine scans.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { browserPath } from './support/browser-path.ts';
import { GALLERY, type GalleryPage } from './support/gallery-pages.ts';
import { ADMIN } from './support/journey.ts';
import { invite, loadSample, personPage } from './support/people.ts';
import { startServer } from './support/server.ts';

const DOCS = fileURLToPath(new URL('../docs', import.meta.url));
const SCREENS = join(DOCS, 'screens');
const QUALITY = 62;
const VIEWS = [
  { suffix: 'light', theme: 'light', width: 1440, height: 900 },
  { suffix: 'dark', theme: 'dark', width: 1440, height: 900 },
  { suffix: 'phone', theme: 'light', width: 390, height: 844 },
] as const;
type View = (typeof VIEWS)[number];

const VIEWER = { name: 'Jun Wada', email: 'jun@example.com', role: 'viewer' } as const;

const server = await startServer();
const executablePath = browserPath();
const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath ? { executablePath } : {}) });
try {
  rmSync(SCREENS, { recursive: true, force: true });
  mkdirSync(SCREENS, { recursive: true });
  const admin = await setUp(browser);
  const viewer = await inviteViewer(browser, admin);
  for (const view of VIEWS) {
    for (const shown of GALLERY) {
      if (view.suffix !== 'phone' || shown.phone) await take(browser, shown.viewer ? viewer : admin, shown, view);
    }
  }
  writeFileSync(join(DOCS, 'gallery.md'), gallery());
} finally {
  await browser.close();
  await server.stop();
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** The first run with its pictures, and the sample estate at its end. */
async function setUp(chrome: Browser): Promise<State> {
  const viewport = { width: 1440, height: 900 };
  const context = await chrome.newContext({ baseURL: server.url, viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(server.setUpLink);
  await picture(page, 'set-up-light');
  await page.getByLabel('Name').fill(ADMIN.name);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Create sign-in' }).click();
  await page.waitForURL('**/welcome');
  await page.getByText('Sample estate').first().click();
  await picture(page, 'first-run-light');
  await loadSample(page);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function inviteViewer(chrome: Browser, admin: State): Promise<State> {
  const own = await chrome.newContext({ storageState: admin, baseURL: server.url });
  await invite(await own.newPage(), chrome, VIEWER);
  await own.close();
  const page = await personPage(chrome, VIEWER.email, server.url);
  const state = await page.context().storageState();
  await page.context().close();
  return state;
}

async function take(chrome: Browser, state: State, shown: GalleryPage, view: View): Promise<void> {
  const { theme, width, height, suffix } = view;
  const context = await chrome.newContext({
    viewport: { width, height },
    storageState: state,
    baseURL: server.url,
    reducedMotion: 'reduce',
  });
  await context.addCookies([{ name: 'theme', value: theme, url: server.url }]);
  const page = await context.newPage();
  try {
    await page.goto(shown.path, { waitUntil: 'networkidle' });
    await shown.steps?.(page);
    await page.waitForLoadState('networkidle');
    await picture(page, `${shown.name}-${suffix}`);
  } catch (error) {
    throw new Error(`${shown.name}, ${suffix}: ${error instanceof Error ? error.message : error}`, { cause: error });
  } finally {
    await context.close();
  }
}

/** Chromium's own WebP: some twenty kilobytes where PNG takes two hundred. */
async function picture(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  writeFileSync(join(SCREENS, `${name}.webp`), Buffer.from(data, 'base64'));
  await session.detach();
}

function gallery(): string {
  const parts = GALLERY.map((shown) => {
    const { name, title, mockup, differs, phone } = shown;
    const image = (suffix: string, width: string) =>
      `<img src="screens/${name}-${suffix}.webp" width="${width}" alt="${title}, ${suffix}">`;
    const follows = mockup === null ? 'No mockup.' : `Follows the mockup \`${mockup}\`.`;
    const pictures = [image('light', '44%'), image('dark', '44%'), ...(phone ? [image('phone', '10%')] : [])];
    return `## ${title}\n\n${follows} ${differs}\n\n${pictures.join('\n')}\n`;
  });
  return [
    '# Gallery',
    '',
    'Every page and state that is built, light, dark and at 390 px, on the sample estate. Made by `npm run gallery`.',
    '',
    '## First run',
    '',
    'Follows the mockup `first-run`. Sources in AWS are named with what they wait for.',
    '',
    '<img src="screens/set-up-light.webp" width="44%" alt="Set-up, light">',
    '<img src="screens/first-run-light.webp" width="44%" alt="First run, light">',
    '',
    ...parts,
  ].join('\n');
}
