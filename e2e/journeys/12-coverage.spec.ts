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

  test('the file of coverage has a line for each resource that the list has', async ({ page }) => {
    await page.goto('/coverage?by=resource&state=unscanned');
    const count = numberIn(await page.locator('main').getByRole('status').textContent());
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export' }).click();
    expect((await download).suggestedFilename()).toMatch(/^coverage-\d{4}-\d\d-\d\d\.csv$/);
    let text = '';
    for await (const part of await (await download).createReadStream()) text += String(part);
    const lines = text.split('\r\n').slice(0, -1);
    expect(lines[0]).toMatch(/^accountId,accountName,region,kind,id,name,environment,state,reasonCode,reason,/);
    expect(lines).toHaveLength(count + 1);
    expect(text).not.toContain(',SUCCESSFUL,');
  });

  test('a page of coverage or of resources that does not exist is the first, and says so', async ({ page }) => {
    for (const path of ['/coverage?by=resource&cursor=zzz', '/resources?cursor=zzz']) {
      await page.goto(path);
      await expect(page.getByText('This is the first page.'), path).toBeVisible();
      expect(await page.locator('tbody tr').count(), path).toBeGreaterThan(1);
      await expect(page.getByRole('link', { name: 'First page' }), path).toHaveCount(0);
    }
  });

  test('rows of coverage are selected by keys, and scanned where that can be', async ({ page }) => {
    await page.goto('/coverage?by=resource');
    const bar = page.getByRole('region', { name: 'Selection' });
    await expect(async () => {
      await page.keyboard.press('j');
      await expect(page.locator('tbody tr[aria-current]')).toHaveCount(1, { timeout: 400 });
    }).toPass();
    await page.keyboard.press('Space');
    await expect(bar.getByRole('status')).toHaveText('1 selected');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+J');
    await expect(bar.getByRole('status')).toHaveText('2 selected');
    await page.keyboard.press('x');
    await expect(page.locator('tbody tr[aria-selected="true"]')).toHaveCount(3);
    await expectAccessible(page, 'selected rows of coverage');
    await bar.getByRole('button', { name: 'Scan now' }).click();
    await expect(page.locator('.toast', { hasText: 'None of them can be scanned now.' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(bar).toBeHidden();
  });

  test('coverage is at hand on small screens', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/overview');
    const bar = page.getByRole('navigation', { name: 'Main, small screens' });
    await bar.getByRole('link', { name: 'Coverage' }).click();
    await expect(page.getByRole('heading', { name: 'Coverage', level: 1 })).toBeVisible();
    await expect(bar.getByRole('link', { name: 'Coverage' })).toHaveAttribute('aria-current', 'page');
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

  test('coverage turns on what is off, after it has said what that reaches', async () => {
    await filled.query(
      `insert into setting (name, value, updated_by, updated_at)
       values ('scan.policy', '{"ec2Mode": "agent", "scans": {"ec2": true, "ecr": true, "lambda": false}}', 'test', now())`,
    );
    const stand = (kind: string, limit: number, state: string, reason: string) =>
      filled.query(
        `insert into eligibility (resource_id, scan_type, state, reason, fingerprint, since, due_at)
         select id, 'package', $3, $4, '', now(), now() from resource
         where kind = $1 and gone_at is null order by id limit $2
         on conflict (resource_id, scan_type) do update set state = excluded.state, reason = excluded.reason`,
        [kind, limit, state, reason],
      );
    await stand('lambda', 7, 'off', 'IN_NO_TARGET');
    await stand('ec2', 24, 'not-assessed', 'UNMANAGED_EC2_INSTANCE');

    await page.goto('/coverage');
    await page.getByRole('button', { name: 'Turn on scans' }).click();
    const question = page.getByRole('dialog', { name: 'Turn on scans of Lambda?' });
    await expect(question.getByText('7 resources in 7 accounts of this scope')).toBeVisible();
    await expectAccessible(page, 'the question before scans are turned on');
    await question.getByRole('button', { name: 'Leave as it is' }).click();
    await expect(page.getByRole('button', { name: 'Turn on scans' })).toBeVisible();
    await page.getByRole('button', { name: 'Turn on scans' }).click();
    await question.getByRole('button', { name: 'Switch on everywhere' }).click();
    await expect(page.locator('.toast', { hasText: 'Scans of Lambda are switched on.' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Turn on scans' })).toBeHidden();

    await page.goto('/coverage?at=all&column=ec2');
    const panel = page.getByRole('region', { name: /, EC2$/ });
    await panel.getByRole('button', { name: 'Use snapshots for 24' }).click();
    const snapshots = page.getByRole('dialog', { name: 'Use snapshots?' });
    await expect(snapshots.getByText('24 resources in 24 accounts of this scope')).toBeVisible();
    await snapshots.getByRole('button', { name: 'Switch on everywhere' }).click();
    await expect(page.locator('.toast', { hasText: 'Snapshots are switched on.' })).toBeVisible();
    await expect(panel.getByRole('button', { name: /Use snapshots/ })).toBeHidden();
    const [policy] = await filled.query<{ value: unknown }>(`select value from setting where name = 'scan.policy'`);
    expect(policy?.value).toMatchObject({ ec2Mode: 'hybrid', scans: { ec2: true, ecr: true, lambda: true } });
    await page.goto('/activity');
    await expect(page.getByText('changed what is scanned').first()).toBeVisible();
  });
});
