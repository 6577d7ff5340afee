import type { Page } from '@playwright/test';
import { enter, expect, expectAccessible, test } from '../support/journey.ts';
import { countScriptBytes } from '../support/script-bytes.ts';

test.describe.configure({ mode: 'serial' });

const PAGES = [
  '/overview',
  '/findings',
  '/findings?group=vulnerability',
  '/findings?q=is:open+package:nothing-is-called-so',
  '/my-work',
  '/resources',
  '/resources?tab=packages&q=openssl',
  '/exposure',
  '/coverage',
  '/coverage?by=region',
  '/coverage?by=resource&state=unscanned',
  '/cost',
  '/cost?book=list&trial=1&tab=accounts',
  '/scans',
  '/scans?tab=targets',
  '/suppression',
  '/suppression?new',
  '/activity',
  '/notices',
  '/notices/mail',
  '/settings',
  '/settings/accounts',
  '/settings/feeds',
  '/settings/users',
  '/settings/sla',
  '/settings/routing',
  '/settings/scoring',
  '/settings/registries',
  '/settings/mail',
  '/welcome',
];
const OTHER_WIDTHS = [320, 768, 1280, 1920];
const JAVASCRIPT_BYTES_MAX = 180 * 1024;

test.beforeEach(async ({ page }) => enter(page));

test('before the first scan nothing is called clean', async ({ page }) => {
  await page.goto('/overview');
  await expect(page.getByText('Nothing is scanned yet')).toBeVisible();

  await page.goto('/findings');
  await expect(page.getByText('Zero findings is not known')).toBeVisible();
  await expect(page.getByText('Nothing is known to scan here yet.')).toBeVisible();
});

test('this machine is scanned, with live progress, and its findings are listed', async ({ page }) => {
  test.setTimeout(300_000);
  await page.goto('/welcome');
  await page.getByRole('button', { name: 'Scan this machine' }).click();
  await expect(page.getByRole('heading', { name: 'Scanning this machine' })).toBeVisible();
  await expect(page.getByRole('heading', { name: /Host packages/ })).toBeVisible();
  await page.getByRole('link', { name: 'Show findings' }).click({ timeout: 240_000 });

  await page.waitForURL('**/findings**');
  await page.goto('/resources');
  await page.locator('tbody tr a').first().click();
  await expect(page.getByRole('heading', { name: /What is scanned/ })).toBeVisible();
  // The packages of the machine that runs the journeys: every system has some.
  await expect(page.getByRole('navigation', { name: 'Resource' }).getByText(/^Packages/)).toHaveText(
    /^Packages [\d,]+$/,
  );
  await page.getByRole('link', { name: 'Configuration' }).click();
  await expect(page.getByText('What it was matched against')).toBeVisible();
});

test('the sample estate is loaded, every page agrees on its numbers, and one click removes it', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('/welcome');
  await page.getByText('Sample estate').first().click();
  await page.getByRole('button', { name: 'Load the sample estate' }).click();
  await page.getByRole('link', { name: 'Show the overview' }).click({ timeout: 120_000 });
  await page.waitForURL('**/overview');

  const answer = await page.getByText(/[\d,]+ open findings/).textContent();
  const open = numberIn(answer ?? '', /([\d,]+) open findings/);
  expect(open).toBeGreaterThan(300);
  await page.goto('/findings?q=is:open');
  await expect(page.getByText(`${open.toLocaleString('en-US')} of ${open.toLocaleString('en-US')}`)).toBeVisible();
  expect(await sumOfResources(page)).toBe(open);
  await page.goto('/overview');
  const triage = await page.getByRole('link', { name: /^Triage/ }).textContent();
  const actNow = numberIn(triage ?? '', /Triage\s*([\d,]+)/);
  expect(actNow).toBeGreaterThan(0);
  await page.goto('/findings?q=is:open+severity:critical,high+exploit:kev+fix:yes,partial');
  await expect(page.getByText(new RegExp(`^${actNow.toLocaleString('en-US')} of `))).toBeVisible();
});

test('exposure of the sample is what the engine made of its networks', async ({ page }) => {
  await page.goto('/exposure?port=NET-22-TCP-INTERNET');
  await expect(
    page.getByText('At least 27 of 63 instances can be reached from the internet; 3 only in part'),
  ).toBeVisible();
  await page
    .getByRole('row', { name: /bastion-02/ })
    .getByRole('link', { name: /bastion-02/ })
    .first()
    .click();
  const panel = page.getByRole('complementary', { name: 'Path' });
  await expect(panel.getByRole('heading', { name: 'Internet to bastion-02' })).toBeVisible();
  await expect(panel.getByText('any address of the internet may call', { exact: false })).toBeVisible();
  await expectAccessible(page, 'a path of the sample');
});

test('findings are read by keyboard alone', async ({ page }) => {
  await page.goto('/findings');
  await expect(page.locator('tbody tr[aria-rowindex="1"]')).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Finding' });
  await expect(panel.getByRole('tab', { name: 'Summary' })).toBeVisible();
  const first = await panel.getByRole('heading', { level: 2 }).textContent();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/sel=\d+/);
  await page.keyboard.press('x');
  await expect(page.getByText('1 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  expect(first).not.toBe('');

  await page.keyboard.press('/');
  await page.keyboard.type('severity:bad');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'severity takes' })).toBeVisible();
  await expect(page.locator('tbody tr[aria-rowindex="1"]')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.waitForURL('**/overview');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('CVE, resource, account or page').fill('CVE-20');
  await expect(page.getByText('Vulnerabilities')).toBeVisible();
});

for (const [theme, width] of [
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
] as const) {
  test(`every page is accessible and quiet at ${width} px, ${theme}`, async ({ page, context, baseURL }) => {
    test.setTimeout(480_000);
    await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }]);
    await page.setViewportSize({ width, height: 900 });
    for (const path of PAGES) {
      await page.goto(path, { waitUntil: 'networkidle' });
      await expectAccessible(page, `${path} at ${width} px, ${theme}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  });
}

test('no page scrolls sideways at any width, nor in forced colours', async ({ page }) => {
  test.setTimeout(480_000);
  await page.emulateMedia({ forcedColors: 'active' });
  for (const path of PAGES) {
    await page.goto(path, { waitUntil: 'networkidle' });
    for (const width of OTHER_WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${path} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
    }
  }
});

test('a page moves nothing when its data arrives, and loads little script', async ({ browser, baseURL, page }) => {
  const state = await page.context().storageState();
  for (const path of ['/overview', '/findings', '/resources', '/coverage', '/scans', '/settings/accounts']) {
    const context = await browser.newContext({ storageState: state, ...(baseURL ? { baseURL } : {}) });
    const fresh = await context.newPage();
    const scriptBytes = await countScriptBytes(fresh);
    await fresh.addInitScript(() => {
      const shifts = { total: 0 };
      Object.assign(window, { harrierShifts: shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const shift = entry as PerformanceEntry & { readonly value: number; readonly hadRecentInput: boolean };
          if (!shift.hadRecentInput) shifts.total += shift.value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await fresh.goto(path, { waitUntil: 'networkidle' });
    const shift = await fresh.evaluate(
      () => (window as unknown as { harrierShifts: { total: number } }).harrierShifts.total,
    );
    const bytes = scriptBytes();
    test
      .info()
      .annotations.push({ type: 'measured', description: `${path}: ${bytes} bytes of script, shift ${shift}` });
    expect(shift, `layout shift of ${path}`).toBeLessThan(0.02);
    // The chart is split off and arrives after the page; everything else of a route has to fit.
    if (path !== '/overview') expect(bytes, `script of ${path}`).toBeLessThan(JAVASCRIPT_BYTES_MAX);
    await context.close();
  }
});

test('the sample estate goes away in one act', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('/overview');
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect(async () => {
    await page.goto('/resources');
    await expect(page.getByText('Made-up accounts and findings')).toBeHidden({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await expect(page.locator('tbody tr')).toHaveCount(1);
});

function numberIn(text: string, pattern: RegExp): number {
  return Number((pattern.exec(text)?.[1] ?? 'NaN').replaceAll(',', ''));
}

async function sumOfResources(page: Page): Promise<number> {
  let sum = 0;
  await page.goto('/resources');
  for (;;) {
    const cells = await page.locator('tbody tr td:nth-child(6)').allTextContents();
    sum += cells.reduce((total, text) => total + (Number(text.replace(/\D/g, '')) || 0), 0);
    const next = page.getByRole('link', { name: 'Next page' });
    if ((await next.count()) === 0) return sum;
    await next.click();
    await page.waitForURL(/cursor=/);
  }
}
