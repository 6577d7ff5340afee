import type { Page } from '@playwright/test';
import { enter, expect, expectAccessible, test } from '../support/journey.ts';
import { invite, loadSample, personPage } from '../support/people.ts';

test.describe.configure({ mode: 'serial' });

const SECOND = { name: 'Mara Klein', email: 'mara@example.com', role: 'security' } as const;
const VIEWER = { name: 'Jun Wada', email: 'jun@example.com', role: 'viewer' } as const;
/** In the sample estate some of these are critical, so that one person alone cannot hide them. */
const QUERY = 'severity:critical kind:ecr';

test.beforeEach(async ({ page }) => enter(page));

test('two people are invited, one to decide and one to read', async ({ page, browser }) => {
  test.setTimeout(240_000);
  await loadSample(page);
  for (const person of [SECOND, VIEWER]) await invite(page, browser, { ...person, teams: 'payments' });
});

test('a rule is previewed and proposed, and hides nothing before a second person agrees', async ({ page, browser }) => {
  await page.goto(`/suppression?new&q=${encodeURIComponent(QUERY)}`);
  const panel = page.getByRole('complementary', { name: 'New rule' });
  const said = await panel.getByText(/It hides [\d,]+ findings?/).textContent();
  const total = Number(/hides ([\d,]+)/.exec(said ?? '')?.[1]?.replaceAll(',', ''));
  expect(total).toBeGreaterThan(0);
  await expectAccessible(page, 'a rule that is written');
  await panel.getByLabel('Name').fill('images-nobody-runs');
  await panel.getByLabel('Reason').fill('Old images, none of them runs.');
  const propose = panel.getByRole('button', { name: /^Propose/ });
  await propose.click();
  if (total > 100) await propose.click();
  await expect(page.getByText('Waits for a second person').first()).toBeVisible();
  expect(await suppressed(page)).toBe(0);

  const second = await personPage(browser, SECOND.email);
  await second.goto('/my-work');
  await second.getByRole('link', { name: 'images-nobody-runs' }).click();
  await second.getByRole('button', { name: 'Approve' }).click();
  await expect(second.getByText(/^Approved/).first()).toBeVisible();
  await second.context().close();
  await expect.poll(() => suppressed(page)).toBe(total);

  await page.goto('/suppression');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const rule = page.getByRole('complementary', { name: 'Rule' });
  await expect(rule.getByRole('link', { name: 'Show hidden' })).toBeVisible();
  await expect(rule.getByRole('link', { name: 'New rule from it' })).toHaveAttribute('href', /kind:ecr&new=1$/);
  await expectAccessible(page, 'a rule');
  await rule.getByLabel('Why', { exact: true }).fill('They run after all.');
  await rule.getByRole('button', { name: 'End rule' }).click();
  await expect.poll(() => suppressed(page)).toBe(0);
});

test('activity has each act of it exactly once, and its chain is whole', async ({ page }) => {
  for (const action of ['proposed', 'approved', 'ended']) {
    await page.goto(`/activity?q=action:suppression-rule-${action}`);
    await expect(page.getByText(/^1 entry/)).toBeVisible();
  }
  await page.goto('/activity');
  await page.getByRole('button', { name: 'Verify chain' }).click();
  await expect(page.getByText(/chain verified/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('region', { name: 'List of entries' }).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const entry = page.getByRole('complementary', { name: 'Entry' });
  await expect(entry.getByRole('heading', { name: 'Chain', exact: true })).toBeVisible();
  await expectAccessible(page, 'activity with an entry');
});

test('due dates do what their preview says', async ({ page }) => {
  await page.goto('/settings/sla');
  for (const severity of ['Critical', 'High', 'Medium', 'Low']) {
    await page.getByLabel(severity, { exact: true }).fill('0.25');
  }
  await page.getByLabel('Version of this policy').fill('strict-1');
  await page.getByRole('button', { name: 'Preview' }).click();
  const said = await page.getByText(/overdue becomes/).textContent();
  const after = Number(/becomes ([\d,]+)/.exec(said ?? '')?.[1]?.replaceAll(',', ''));
  await expectAccessible(page, 'SLA with its preview');
  await page.getByRole('button', { name: 'Save policy' }).click();
  await expect(page.getByText(/Policy strict-1/)).toBeVisible();
  await expect.poll(() => matching(page, 'is:overdue'), { timeout: 60_000 }).toBe(after);
});

test('other points of the score do what their preview says, and the default comes back', async ({ page }) => {
  await page.goto('/settings/scoring');
  await page.getByLabel('Isolated', { exact: true }).fill('0,3');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByText('Isolated would count more than what nobody knows, 0.').first()).toBeVisible();
  await expectAccessible(page, 'scoring with a fault');
  await page.getByLabel('Isolated', { exact: true }).fill('−2.0');
  await page.getByLabel('Points of prod', { exact: true }).fill('1.3');
  await page.getByRole('button', { name: 'Preview' }).click();
  const effect = page.getByRole('status').filter({ hasText: /would rise/ });
  await expect(effect).toContainText('0 would fall');
  const after = Number(
    (await effect.getByRole('row').nth(1).getByRole('cell').nth(2).textContent())?.replaceAll(',', ''),
  );
  await expectAccessible(page, 'scoring with its preview');
  await page.getByRole('button', { name: 'Save points' }).click();
  await expect(page.getByText(/Formula v2\.1 is in force/)).toBeVisible();
  await expect.poll(() => matching(page, 'is:open score:>=9'), { timeout: 60_000 }).toBe(after);

  await page.goto('/findings?q=is:open env:prod');
  await page.getByRole('region', { name: 'List of findings' }).getByRole('row').nth(1).click();
  await expect(page.getByText(/formula v2\.1/)).toBeVisible();

  await page.goto('/settings/scoring');
  await page.getByRole('button', { name: 'Fill in the default' }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: 'Save points' }).click();
  await expect(page.getByText('Formula v2, the default, is in force')).toBeVisible();
});

test('a viewer finds no controls in Settings, and disabled ones elsewhere', async ({ browser }) => {
  const viewer = await personPage(browser, VIEWER.email);
  await viewer.goto('/settings');
  await expect(viewer.getByRole('navigation', { name: 'Settings' }).getByRole('link')).toHaveText(['Your sign-in']);
  for (const section of ['users', 'sla', 'scoring', 'routing']) {
    const answer = await viewer.goto(`/settings/${section}`);
    expect(answer?.status(), section).toBe(404);
  }
  await viewer.goto('/suppression');
  await expect(viewer.getByRole('button', { name: 'New rule' })).toBeDisabled();
  await viewer.goto('/activity');
  await expect(viewer.getByRole('button', { name: 'Verify chain' })).toBeDisabled();
  await viewer.goto('/my-work');
  await expect(viewer.getByText('Nothing is assigned to you or your teams')).toBeVisible();
  await expectAccessible(viewer, 'my work of a viewer');
  await viewer.context().close();
});

test('settings sections are found by what they are about, and stand the check of accessibility', async ({ page }) => {
  for (const path of ['/settings/scoring', '/settings/routing', '/settings/users', '/my-work']) {
    await page.goto(path);
    await expectAccessible(page, path);
  }
  await page.goto('/settings');
  // Keys are heard once the script of the page is there.
  await expect(async () => {
    await page.keyboard.press('/');
    await expect(page.locator('input:focus')).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await page.keyboard.type('overdue');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/settings/sla');
});

/** Findings that a query lists, as the console counts them. */
async function matching(page: Page, query: string): Promise<number> {
  const answer = await page.request.get(`/api/findings?q=${encodeURIComponent(query)}`);
  const { matching: found } = (await answer.json()) as { readonly matching: { readonly count: number } };
  return found.count;
}

function suppressed(page: Page): Promise<number> {
  return matching(page, 'is:suppressed');
}
