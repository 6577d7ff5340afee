import type { Page } from '@playwright/test';
import { type FilledDatabase, filledDatabase } from '../../lib/testing/filled-database.ts';
import { enter, expect, expectAccessible, test } from '../support/journey.ts';
import { loadSample, setUp } from '../support/people.ts';
import { type RunningServer, startServer } from '../support/server.ts';

test.describe.configure({ mode: 'serial' });

const ADDRESSES = [
  '/coverage',
  '/coverage?at=999999999999&column=ec2',
  '/coverage?by=region&sort=name',
  '/coverage?by=resource&state=unscanned&reason=PENDING_INITIAL_SCAN',
];

const numberIn = (text: string | null): number => Number((text ?? '').replaceAll(/\D/g, ''));

/** `155 of 174 scanned` of each cell, `[155, 174]`; none where there is nothing to scan. */
function figuresIn(text: string): readonly [scanned: number, total: number] {
  const [, scanned = '0', total = '0'] = /([\d,]+) of ([\d,]+) scanned/.exec(text) ?? [];
  return [numberIn(scanned), numberIn(total)];
}

async function rowsOf(page: Page) {
  const rows = await page.getByRole('grid').locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) => ({
      gap: numberIn(await row.locator('td.num').textContent()),
      cells: (await row.locator('td:not(.num):not(.cover-id)').allTextContents()).map(figuresIn),
    })),
  );
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

test.describe('coverage of the sample estate', () => {
  test.beforeEach(async ({ page }) => {
    // The first of them loads the sample.
    test.setTimeout(240_000);
    await enter(page);
    await loadSample(page);
  });

  for (const by of ['account', 'region'] as const) {
    test(`coverage by ${by} sums to its first row, and that to the answer`, async ({ page }) => {
      await page.goto(`/coverage?by=${by}`);
      const [all, ...rows] = await rowsOf(page);
      expect(rows.length).toBeGreaterThan(1);
      expect(all?.gap).toBe(sum(rows.map(({ gap }) => gap)));
      for (const [index, [scanned, total]] of (all?.cells ?? []).entries()) {
        expect(scanned).toBe(sum(rows.map(({ cells }) => cells[index]?.[0] ?? Number.NaN)));
        expect(total).toBe(sum(rows.map(({ cells }) => cells[index]?.[1] ?? Number.NaN)));
      }
      const answer = await page.locator('.page-head').textContent();
      const [, scanned = '', total = ''] = /([\d,]+) of ([\d,]+)/.exec(answer ?? '') ?? [];
      expect(numberIn(scanned)).toBe(sum((all?.cells ?? []).map(([one]) => one)));
      expect(numberIn(total)).toBe(sum((all?.cells ?? []).map(([, one]) => one)));
      expect(all?.gap).toBe(numberIn(total) - numberIn(scanned));
    });
  }

  test('each reason of coverage leads to as many resources as it says, and together they are the gap', async ({
    page,
  }) => {
    await page.goto('/coverage');
    const [all] = await rowsOf(page);
    const links = await page.locator('.why a').all();
    const reasons = await Promise.all(
      links.map(async (link) => ({
        href: (await link.getAttribute('href')) ?? '',
        count: numberIn(await link.locator('.num').textContent()),
      })),
    );
    expect(sum(reasons.map(({ count }) => count))).toBe(all?.gap);
    await expect(page.getByRole('heading', { name: `Why ${all?.gap} are not scanned` })).toBeVisible();
    for (const { href, count } of reasons) {
      await page.goto(href);
      await expect(page.locator('main').getByRole('status'), href).toHaveText(
        `${count} resource${count === 1 ? '' : 's'}`,
      );
      await expect(page.locator('tbody tr'), href).toHaveCount(count);
    }
    await page.locator('tbody tr a').first().click();
    await page.waitForURL('**/resources/**');
  });

  test('a cell of coverage is reached and opened by keys, and its list is what it says', async ({ page }) => {
    await page.goto('/coverage?by=account');
    await page.getByRole('grid').getByRole('link').first().focus();
    await expect(async () => {
      await page.keyboard.press('ArrowDown');
      await expect(page.locator('[data-cell="1:0"]')).toBeFocused({ timeout: 400 });
    }).toPass();
    const name = await page.locator('tbody tr').nth(1).getByRole('rowheader').textContent();
    const [scanned, total] = figuresIn((await page.locator('[data-cell="1:0"]').textContent()) ?? '');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('region', { name: `${name}, EC2` });
    await expect(panel.getByRole('heading')).toBeFocused();
    await expect(panel.getByText(`${scanned} of ${total}`)).toBeVisible();
    await expect(page.locator('[data-cell="1:0"]')).toHaveAttribute('aria-current', 'true');
    const counts = (await panel.locator('dd').allTextContents()).slice(1).map(numberIn);
    expect(sum(counts)).toBe(total - scanned);

    await panel.getByRole('link', { name: 'Close' }).click();
    await expect(panel).toBeHidden();
    await expect(page.locator('[data-cell="1:0"]')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(panel).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await page.goBack();
    await panel.getByRole('link', { name: `List ${total - scanned}` }).click();
    await expect(page.locator('tbody tr')).toHaveCount(total - scanned);
    await expect(page.getByRole('navigation', { name: 'State' }).locator('[aria-current]')).toHaveText(
      `Not scanned ${total - scanned}`,
    );
    await page.getByRole('navigation', { name: 'Coverage by' }).getByRole('link', { name: 'Regions' }).click();
    await expect(page).toHaveURL(/acct=\d+&by=region/);
  });

  for (const [theme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
  ] as const) {
    test(`coverage is accessible at ${width} px, ${theme}`, async ({ page, context, baseURL }) => {
      await context.addCookies([{ name: 'theme', value: theme, url: baseURL ?? '' }]);
      await page.setViewportSize({ width, height: 844 });
      for (const path of ADDRESSES) {
        await page.goto(path, { waitUntil: 'networkidle' });
        await expectAccessible(page, `${path} at ${width} px, ${theme}`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      }
    });
  }
});

test.describe('coverage of a thousand accounts', () => {
  const [DENIED, LATE, PARTLY] = ['100000000005', '100000000006', '100000000007'] as const;
  let filled: FilledDatabase;
  let server: RunningServer;
  let page: Page;

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(120_000);
    filled = await filledDatabase({ findings: 300, accounts: 1_000, resources: 6_000, at: new Date() });
    await filled.query(
      `update account set state = case when id = $1 then 'denied' else 'unreachable' end, detail = 'STS said no.',
         state_since = now() where id in ($1, $2)`,
      [DENIED, LATE],
    );
    await filled.query(`update resource set gone_at = now() where account_id = $1`, [DENIED]);
    await filled.query(
      `insert into account_place (account_id, region, service, state, detail, since, looked_at)
       values ($1, 'eu-central-1', 'ecr', 'denied', 'ecr:DescribeRepositories is denied.', now(), now())`,
      [PARTLY],
    );
    server = await startServer({ DATABASE_URL: filled.url });
    page = await (await browser.newContext({ baseURL: server.url })).newPage();
    await setUp(page, server.setUpLink);
  });

  test.afterAll(async () => {
    await page?.context().close();
    await server?.stop();
    await filled?.stop();
  });

  test('coverage that could not be read is said, and never a blank', async () => {
    await page.goto(`/coverage?acct=${DENIED},${LATE},${PARTLY}&sort=name`);
    await expect(page.getByText('1 of 3 accounts answered, denied: 1, late: 1.')).toBeVisible();
    await expect(page.getByText('1 service of 1 account could not be read.')).toBeVisible();
    const cells = (row: number) => page.locator('tbody tr').nth(row).locator('.cover-cell');
    await expect(cells(1)).toHaveText(['Denied', 'Denied', 'Denied']);
    await expect(cells(2).first()).toContainText('Late');
    await expect(cells(3).nth(1)).toContainText('Denied');
    await expect(cells(3).first()).not.toContainText('Denied');
    await expectAccessible(page, 'coverage with what could not be read');
    await cells(3).nth(1).click();
    const panel = page.getByRole('region', { name: /, ECR$/ });
    await expect(panel.getByText('ecr:DescribeRepositories is denied.')).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`at=${PARTLY}&column=ecr`));
  });

  test('coverage of all of them keeps few rows in the page, and keys lead to the last', async () => {
    await page.goto('/coverage');
    const grid = page.getByRole('grid');
    await expect(grid).toHaveAttribute('aria-rowcount', '1002');
    expect(await grid.locator('tbody tr').count()).toBeLessThan(80);
    await grid.getByRole('link').first().focus();
    await expect(async () => {
      await page.keyboard.press('Control+End');
      await expect(page.locator('[data-cell^="1000:"]:focus')).toBeInViewport({ timeout: 600 });
    }).toPass();
    await page.keyboard.press('PageUp');
    await expect(page.locator('[data-cell^="990:"]:focus')).toBeInViewport();
    await page.keyboard.press('Control+Home');
    await expect(page.locator('[data-cell="0:0"]')).toBeFocused();
  });
});
