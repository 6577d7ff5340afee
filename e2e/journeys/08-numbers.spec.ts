import type { Locator, Page } from '@playwright/test';
import { enter, expect, test } from '../support/journey.ts';
import { loadSample } from '../support/people.ts';

test.describe.configure({ mode: 'serial' });

test.beforeEach(async ({ page }) => {
  await enter(page);
  await loadSample(page);
  await page.goto('/overview');
});

const numberIn = (text: string | null): number => Number((text ?? '').replaceAll(',', ''));

/** How many findings the list behind the link says that there are. */
async function matching(page: Page, link: Locator): Promise<number> {
  const href = await link.getAttribute('href');
  const list = await page.context().newPage();
  await list.goto(href ?? '/nowhere');
  const said = await list.getByText(/^[\d,]+ of [\d,]+$/).textContent();
  await list.close();
  return numberIn(/^([\d,]+) of/.exec(said ?? '')?.[1] ?? null);
}

test('each key figure is the number of findings behind it', async ({ page }) => {
  for (const label of ['Act now', 'Past due', 'Due in 7 days']) {
    const figure = page.locator('a.figure', { hasText: label });
    const value = numberIn(await figure.locator('.figure-value').textContent());
    expect(value, label).toBeGreaterThan(0);
    expect(await matching(page, figure), label).toBe(value);
  }
});

test('the file of the overview says what the page says', async ({ page }) => {
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Figures as CSV' }).click();
  const file = await (await download).createReadStream();
  let text = '';
  for await (const part of file) text += String(part);
  for (const [label, name] of [
    ['Act now', 'act now'],
    ['Past due', 'past due'],
    ['Due in 7 days', 'due in 7 days'],
  ] as const) {
    const value = await page.locator('a.figure', { hasText: label }).locator('.figure-value').textContent();
    expect(text).toContain(`figures,${name},findings,${numberIn(value)}\r\n`);
  }
});

test('so is each severity, and together they are all that is open', async ({ page }) => {
  const rows = page
    .locator('section', { has: page.getByRole('heading', { name: 'Open by severity' }) })
    .locator('tbody tr');
  await expect(rows.nth(5)).toBeVisible();
  let sum = 0;
  for (const row of await rows.all()) {
    const value = numberIn(await row.locator('td.num').first().textContent());
    expect(await matching(page, row.getByRole('link'))).toBe(value);
    sum += value;
  }
  const said = await page.getByText(/[\d,]+ open findings/).textContent();
  expect(sum).toBe(numberIn(/([\d,]+) open findings/.exec(said ?? '')?.[1] ?? null));
});

test('so is each account that carries most risk', async ({ page }) => {
  const rows = page
    .locator('section', { has: page.getByRole('heading', { name: 'Accounts carrying most risk' }) })
    .locator('tbody tr');
  await expect(rows.nth(3)).toBeVisible();
  for (const row of (await rows.all()).slice(0, 4)) {
    const value = numberIn(await row.locator('td .text-12').textContent());
    expect(await matching(page, row.getByRole('link'))).toBe(value);
  }
});

// A change is of one ecosystem, and the query names the package: `curl` of Debian and of Ubuntu are one list.
test('each change of Fix first leads to the findings that it says, and to no fewer', async ({ page }) => {
  const rows = page.locator('section', { has: page.getByRole('heading', { name: 'Fix first' }) }).locator('tbody tr');
  await expect(rows.nth(3)).toBeVisible();
  for (const row of (await rows.all()).slice(0, 4)) {
    const value = numberIn(await row.locator('td.num').first().textContent());
    expect(await matching(page, row.getByRole('link'))).toBeGreaterThanOrEqual(value);
  }
});

test('resources that are not fully scanned are as many as the page of resources says', async ({ page }) => {
  const note = await page.locator('a.figure', { hasText: 'Coverage' }).textContent();
  const missing = /([\d,]+) not fully scanned/.exec(note ?? '')?.[1];
  expect(missing).toBeDefined();
  await page.goto('/resources');
  await expect(page.locator('.page-head').getByText(new RegExp(`${missing} not scanned completely`))).toBeVisible();
});

test('a past day has the same number on the overview and over the findings of that day', async ({ page }) => {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  await page.getByRole('button', { name: /^Time/ }).click();
  await page.getByLabel('From').fill(day(40));
  await page.getByLabel('To').fill(day(12));
  await page.getByRole('button', { name: 'Show these days' }).click();
  await expect(page).toHaveURL(new RegExp(`t=${day(40)}..${day(12)}`));
  await expect(page.getByText('kept of the present only')).toBeVisible();
  const open = page.locator('a.figure', { hasText: 'At the end of' });
  const value = numberIn(await open.locator('.figure-value').textContent());
  expect(value).toBeGreaterThan(0);

  await open.click();
  await expect(page.getByText('Whatever the query')).toContainText(
    `Whatever the query: ${value.toLocaleString('en')} open`,
  );
  await expect(page.getByRole('button', { name: /^Time End of/ })).toBeVisible();
  const rows = page.locator('.rows-table tbody tr');
  await expect(rows.first()).toBeVisible();
  const before = await rows.count();
  await page.getByRole('button', { name: 'Look further' }).click();
  await expect.poll(() => rows.count()).toBeGreaterThan(before);

  await page.keyboard.press('j');
  await expect(rows.first()).toHaveAttribute('aria-current', 'true');
  await page.getByRole('link', { name: 'Back to now' }).click();
  await expect(page.getByText(/^[\d,]+ of [\d,]+$/)).toBeVisible();
});
