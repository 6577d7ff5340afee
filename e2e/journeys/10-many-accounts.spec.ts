import type { Page } from '@playwright/test';
import { type FilledDatabase, filledDatabase } from '../../lib/testing/filled-database.ts';
import { expect, expectAccessible, test } from '../support/journey.ts';
import { invite, personPage, setUp } from '../support/people.ts';
import { type RunningServer, startServer } from '../support/server.ts';

test.describe.configure({ mode: 'serial' });

const LEAD = { name: 'Lea Brandt', email: 'lea@example.com' } as const;
const SHARED = 45;

let filled: FilledDatabase;
let server: RunningServer;
let admin: Page;
let ids: readonly string[];

// An estate of its own: more accounts than an address holds.
test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  filled = await filledDatabase({
    findings: 6_000,
    accounts: 60,
    resources: 600,
    vulnerabilities: 300,
    at: new Date(),
  });
  server = await startServer({ DATABASE_URL: filled.url });
  admin = await (await browser.newContext({ baseURL: server.url })).newPage();
  await setUp(admin, server.setUpLink);
});

test.afterAll(async () => {
  await admin?.context().close();
  await server?.stop();
  await filled?.stop();
});

test('a unit is picked as a whole, and every page counts its accounts', async () => {
  await admin.goto('/findings?q=is:open');
  const all = await listed(admin);
  await admin.getByRole('button', { name: /^Accounts All 60/ }).click();
  const listedIds = admin.getByRole('dialog').locator('code');
  await expect(listedIds).toHaveCount(60);
  ids = await listedIds.allTextContents();
  const unit = admin.getByRole('dialog').getByRole('checkbox', { name: /^dev 30$/ });
  await unit.check();
  await expect(admin).toHaveURL(/acct=ou:dev(&|$)/);
  await expect(unit).toBeChecked();
  await expectAccessible(admin, 'accounts by unit');
  await admin.keyboard.press('Escape');
  await expect(admin.getByRole('button', { name: /^Accounts dev/ })).toBeVisible();
  const some = await listed(admin);
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);

  await admin.goto('/overview?acct=ou:dev');
  const severities = admin
    .locator('section', { has: admin.getByRole('heading', { name: 'Open by severity' }) })
    .locator('tbody tr td.num.pl-3');
  await expect(severities.nth(5)).toBeVisible();
  const counts = (await severities.allTextContents()).map((text) => Number(text.replaceAll(',', '')));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(some);
  const account = admin
    .locator('section', { has: admin.getByRole('heading', { name: 'Accounts carrying most risk' }) })
    .locator('tbody tr')
    .first();
  const total = Number((await account.locator('td .text-12').textContent())?.replaceAll(',', ''));
  await account.getByRole('link').click();
  await expect(admin).toHaveURL(/acct=\d{12}(&|$)/);
  expect(await listed(admin)).toBe(total);
});

test('more accounts than an address holds become a set, which a reload and a colleague understand', async ({
  browser,
}) => {
  await admin.goto('/findings?q=is:open');
  await admin.getByRole('button', { name: /^Accounts/ }).click();
  await admin.getByRole('dialog').getByLabel('Search accounts').fill(ids.slice(0, SHARED).join(' '));
  await admin.getByRole('button', { name: `Pick ${SHARED} from the list` }).click();
  await expect(admin).toHaveURL(/scope=s_[0-9a-f]{16}/);
  await admin.reload();
  await expect(admin.getByRole('button', { name: `Accounts ${SHARED} of 60` })).toBeVisible();
  const address = new URL(admin.url());
  const open = await listed(admin);

  await invite(admin, browser, { ...LEAD, role: 'lead', accounts: ids.slice(0, 2).join(', ') });
  const lead = await personPage(browser, LEAD.email, server.url);
  await lead.goto(address.pathname + address.search);
  await expect(lead.getByText(`${SHARED - 2} accounts of this address left out`)).toBeVisible();
  expect(await listed(lead)).toBeLessThan(open);
  await lead.goto('/findings?q=is:open&scope=s_0000000000000000');
  await expect(lead.getByText('This address names a set of accounts that nobody stored')).toBeVisible();
  expect(await listed(lead)).toBe(0);
  await lead.goto('/findings?q=is:open&acct=ou:nowhere');
  await expect(lead.getByText('No account that you may see is in nowhere')).toBeVisible();
  expect(await listed(lead)).toBe(0);
  await lead.goto('/overview');
  const teams = lead.locator('section', { has: lead.getByRole('heading', { name: 'Teams that owe most' }) });
  const owed = teams.locator('tbody tr').first();
  const count = Number((await owed.locator('td.num').first().textContent())?.replaceAll(',', ''));
  expect(count).toBeGreaterThan(0);
  await expectAccessible(lead, 'the overview of a lead');
  await owed.getByRole('link').click();
  await lead.waitForURL(/team/);
  expect(await listed(lead)).toBe(count);
  await lead.context().close();
});

test('one account more or less is a set of its own, and few are names again', async () => {
  await admin.goto('/findings?q=is:open');
  await admin.getByRole('button', { name: /^Accounts/ }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Search accounts').fill(ids.slice(0, 41).join('\n'));
  await admin.getByRole('button', { name: 'Pick 41 from the list' }).click();
  await expect(admin).toHaveURL(/scope=s_/);
  const before = admin.url();
  await dialog.getByText('41 accounts picked').waitFor();
  await dialog.getByRole('checkbox', { name: new RegExp(ids[0] ?? '') }).uncheck();
  await expect(admin).not.toHaveURL(before);
  await expect(admin).toHaveURL(/acct=/);
  await expect(admin).not.toHaveURL(/scope=/);
  await dialog.getByRole('button', { name: 'Show all' }).click();
  await expect(admin).not.toHaveURL(/acct=/);
});

/** Findings that the list says it has. */
async function listed(page: Page): Promise<number> {
  const { searchParams } = new URL(page.url());
  const answer = await page.request.get(`/api/findings?${searchParams}`);
  const { matching } = (await answer.json()) as { readonly matching: { readonly count: number } };
  return matching.count;
}
