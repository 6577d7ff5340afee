import type { Page } from '@playwright/test';
import { enter, expect, expectAccessible, test } from '../support/journey.ts';
import { invite, loadSample, personPage, signInAs, toFirstRow } from '../support/people.ts';

test.describe.configure({ mode: 'serial' });

const MARA = { name: 'Mara Klein', email: 'mara@example.com', role: 'security', teams: 'payments' } as const;
const JUN = { name: 'Jun Wada', email: 'jun@example.com', role: 'viewer', teams: 'payments' } as const;
const SANA = { name: 'Sana Okafor', email: 'sana@example.com', role: 'triage' } as const;

test.beforeEach(async ({ page }) => enter(page));

const panel = (page: Page) => page.getByRole('complementary', { name: 'Finding' });
const toast = (page: Page, text: RegExp) => page.locator('.toast', { hasText: text });
const rowOf = (page: Page, n: number) => page.locator(`tbody tr[aria-rowindex="${n}"]`);

test('there is an estate, and people with their roles', async ({ page, browser }) => {
  test.setTimeout(240_000);
  await loadSample(page);
  for (const person of [MARA, JUN, SANA]) await invite(page, browser, person);
});

test('a finding is assigned, accepted with a reason and given back by keys alone', async ({ page }) => {
  await page.goto('/findings?q=is:open+kind:ec2');
  await toFirstRow(page);
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Assign' });
  await expect(dialog.getByText('Mara Klein')).toBeVisible();
  await expectAccessible(page, 'assigning');
  await page.keyboard.type('mara');
  await page.keyboard.press('Enter');
  await expect(toast(page, /1 finding assigned to Mara Klein/)).toBeVisible();
  await expect(rowOf(page, 1).getByLabel(/Mara Klein/)).toBeVisible();

  await page.keyboard.press('Enter');
  await expect(panel(page).getByText('Mara Klein')).toBeVisible();
  await page.keyboard.press('s');
  await page.getByRole('dialog', { name: 'Set status' }).waitFor();
  await page.keyboard.type('acc');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Say why, so that the next reader need not ask.')).toBeVisible();
  await page.keyboard.type('The proxy before it filters this.');
  await page.keyboard.press('Control+Enter');
  await expect(toast(page, /1 finding accepted until/)).toBeVisible();
  await expect(panel(page).getByRole('button', { name: /Accepted/ })).toBeVisible();

  await page.keyboard.press('z');
  await expect(toast(page, /1 finding as before/)).toBeVisible();
  await expect(panel(page).getByRole('button', { name: /Open/ }).first()).toBeVisible();
  await page.keyboard.press('5');
  await expect(
    panel(page)
      .getByText(/The proxy before it filters this/)
      .first(),
  ).toBeVisible();
  await expectAccessible(page, 'the activity of a finding');
});

test('the same act again is one line with one way back for both', async ({ page }) => {
  await page.goto('/findings?q=is:open+kind:ecr');
  await toFirstRow(page);
  await page.keyboard.press('e');
  await expect(toast(page, /1 finding now awaiting rescan/)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await expect(toast(page, /2 findings now awaiting rescan/)).toBeVisible();
  await page.keyboard.press('z');
  await expect(toast(page, /2 findings as before/)).toBeVisible();
});

test('the page of a finding goes on through the list that it was opened from', async ({ page }) => {
  await page.goto('/findings?q=is:open+kind:ec2');
  await toFirstRow(page);
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await page.waitForURL(/\/findings\/[0-9a-f]{32}/);
  await expect(page.getByText(/^2 of [\d,]+$/)).toBeVisible();
  const second = page.url();
  await page.keyboard.press('j');
  await expect(page.getByText(/^3 of [\d,]+$/)).toBeVisible();
  expect(page.url()).not.toBe(second);
  await page.keyboard.press('k');
  await expect(page).toHaveURL(second);
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect(toast(page, /first finding of the list/)).toBeVisible();
  await expectAccessible(page, 'a finding in its queue');
  await page.keyboard.press('Escape');
  await page.waitForURL(/\/findings\?q=/);
});

test('what is mine is put off by key where it is listed, and comes back', async ({ page }) => {
  await page.goto('/findings?q=is:open+kind:ec2+severity:critical');
  await toFirstRow(page);
  await page.keyboard.press('a');
  await page.keyboard.type('me');
  await page.getByRole('option', { name: 'Me', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await expect(toast(page, /1 finding assigned to/)).toBeVisible();
  await page.goto('/my-work');
  const rows = page.locator('[data-work-row]');
  await expect(rows.first()).toBeVisible();
  const before = await rows.count();
  await page.keyboard.press('j');
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('h');
  await page.getByRole('dialog', { name: 'Snooze' }).waitFor();
  await expectAccessible(page, 'snoozing in my work');
  await page.keyboard.press('Enter');
  await expect(toast(page, /1 finding snoozed until/)).toBeVisible();
  await expect(rows).toHaveCount(before - 1);
  await page.keyboard.press('z');
  await expect(rows).toHaveCount(before);
});

test('a key that follows at once upon opening a finding is not lost to the panel', async ({ page }) => {
  await page.goto('/findings?q=is:open+kind:lambda');
  await toFirstRow(page);
  await page.keyboard.press('Enter');
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Assign' });
  await expect(dialog.getByRole('option', { name: 'Mara Klein' })).toBeVisible();
  await panel(page).waitFor();
  await page.keyboard.type('mara');
  await page.keyboard.press('Enter');
  await expect(toast(page, /1 finding assigned to Mara Klein/)).toBeVisible();
});

test('many are done at once, and what could not be is told with its reason', async ({ page }) => {
  await page.goto('/findings?q=is:open+severity:low');
  await rowOf(page, 1).waitFor();
  const all = Number(
    ((await page.locator('.page-head').textContent()) ?? '').match(/Findings([\d,]+) of/)?.[1]?.replaceAll(',', ''),
  );
  expect(all).toBeGreaterThan(3);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('x');
  await expect(page.getByText(/^\d selected$/)).toBeVisible();
  await page.keyboard.press('Control+a');
  await expect(page.getByText(`${all.toLocaleString('en-US')} selected`)).toBeVisible();
  await page.keyboard.press('h');
  await page.getByRole('dialog', { name: 'Snooze' }).getByText('1 week').waitFor();
  await page.keyboard.type('1 week');
  await page.keyboard.press('Enter');
  await expect(toast(page, new RegExp(`${all.toLocaleString('en-US')} findings snoozed until`))).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('e');
  await expect(toast(page, /now awaiting rescan/)).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('e');
  await expect(toast(page, /Nothing changed: .*so already/)).toBeVisible();
});

test('two people on one finding see each other within two seconds, and a conflict says who', async ({
  page,
  browser,
}) => {
  const mara = await personPage(browser, MARA.email);
  for (const one of [page, mara]) {
    await one.goto('/findings?q=is:open+kind:ecr');
    await toFirstRow(one);
    await rowOf(one, 2).click();
    await expect(panel(one).getByRole('tab', { name: 'Summary' })).toBeVisible();
  }
  await mara.keyboard.press('s');
  await mara.getByRole('dialog', { name: 'Set status' }).waitFor();
  await mara.keyboard.type('In pro');
  await mara.keyboard.press('Enter');
  await expect(toast(mara, /now in progress/)).toBeVisible();
  await expect(panel(page).getByRole('button', { name: /In progress/ })).toBeVisible({ timeout: 2_000 });

  // What was seen before a change is not overwritten: it is told who was faster.
  await page.route('**/api/findings/changes**', (route) => route.fulfill({ json: [] }));
  await page.waitForTimeout(1_800);
  await mara.keyboard.press('e');
  await expect(toast(mara, /now awaiting rescan/)).toBeVisible();
  await page.keyboard.press('a');
  await page.getByRole('dialog', { name: 'Assign' }).getByText('Sana Okafor').waitFor();
  await page.keyboard.type('sana');
  await page.keyboard.press('Enter');
  await expect(toast(page, /Nothing changed: changed meanwhile \(Mara Klein/)).toBeVisible();
  await page.unroute('**/api/findings/changes**');
  await mara.context().close();
});

test('a comment calls somebody, survives an ended session, and is theirs alone', async ({ page, browser }) => {
  const sana = await personPage(browser, SANA.email);
  await sana.goto('/findings?q=is:open+kind:lambda');
  await toFirstRow(sana);
  await rowOf(sana, 1).click();
  await sana.keyboard.press('5');
  const text = sana.getByRole('textbox', { name: 'Comment' });
  await text.fill('Half a thought about this @mar');
  await sana.getByRole('button', { name: /@mara.klein/ }).click();
  await expect(text).toHaveValue(/@mara\.klein $/);

  await sana.context().clearCookies();
  await sana.keyboard.press('Control+Enter');
  await expect(toast(sana, /Your session has ended/)).toBeVisible();
  await signInAs(sana, SANA.email);
  await sana.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await sana.goto('/findings?q=is:open+kind:lambda');
  await toFirstRow(sana);
  await rowOf(sana, 1).click();
  await sana.keyboard.press('5');
  await expect(sana.getByRole('textbox', { name: 'Comment' })).toHaveValue(/Half a thought/);
  await sana.getByRole('textbox', { name: 'Comment' }).press('Control+Enter');
  await expect(panel(sana).getByText('Half a thought about this @mara.klein')).toBeVisible();
  await sana.context().close();

  const mara = await personPage(browser, MARA.email);
  await mara.goto('/my-work');
  await expect(mara.getByText('Half a thought about this').first()).toBeVisible();
  await mara.context().close();
  await page.goto('/findings?q=is:open+kind:lambda');
  await toFirstRow(page);
  await rowOf(page, 1).click();
  await page.keyboard.press('5');
  await expect(panel(page).getByText('Half a thought about this')).toBeVisible();
  await expect(panel(page).getByRole('button', { name: 'Delete' })).toHaveCount(0);
});

test('who may only read sees every control, with who can grant it', async ({ browser }) => {
  const jun = await personPage(browser, JUN.email);
  await jun.goto('/findings');
  await toFirstRow(jun);
  await rowOf(jun, 1).click();
  const status = panel(jun).getByRole('button', { name: /Open/ }).first();
  await expect(status).toBeDisabled();
  await expect(status).toHaveAttribute('title', /An admin can give you the role Triage/);
  await jun.keyboard.press('a');
  await expect(toast(jun, /Your role may read findings and not change them/)).toBeVisible();
  await expectAccessible(jun, 'a finding that can only be read');
  await jun.context().close();
});

test('the page of a finding has all of it, and one that is not there says so', async ({ page }) => {
  for (const [query, path] of [
    ['kind:lambda', 'Nobody has looked at the network paths yet'],
    ['kind:ec2 reach:internet package:openssl', 'Open ports of this resource'],
  ] as const) {
    await page.goto(`/findings?q=${encodeURIComponent(`is:open ${query}`)}`);
    await toFirstRow(page);
    await page.keyboard.press('o');
    await page.waitForURL(/\/findings\/[0-9a-f]{32}/);
    await expect(page.getByRole('heading', { name: 'Evidence', exact: true })).toBeVisible();
    await expect(page.getByText(path)).toBeVisible();
    await expect(page.getByText('The same vulnerability')).toBeVisible();
    await expectAccessible(page, `the page of a finding, ${query}`);
  }
  await page.goto('/findings?sel=00000000000000000000000000000000');
  await expect(panel(page).getByText('This finding is not here')).toBeVisible();
  await page.goto('/findings/00000000000000000000000000000000');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/not/i);
});

test('a resource compares two of its scans, and finds a package by its name', async ({ page }) => {
  await page.goto('/resources?q=shop-web');
  await page.locator('main tbody a').first().click();
  await expect(page.getByRole('link', { name: 'Compare scans' })).toBeVisible();
  await page.keyboard.press('d');
  await expect(page.getByRole('form', { name: 'Scans to compare' })).toBeVisible();
  const said = page.getByText(/: [\d,]+ opened, [\d,]+ closed\.$/);
  const [, opened = '', closed = ''] =
    /: ([\d,]+) opened, ([\d,]+) closed/.exec((await said.textContent()) ?? '') ?? [];
  for (const [title, count] of [
    ['Opened', opened],
    ['Closed', closed],
  ] as const) {
    const rows = page.getByRole('region', { name: title, exact: true }).first().locator('tbody tr');
    await expect(rows).toHaveCount(Number(count));
  }
  await expectAccessible(page, 'two scans compared');
  const to = await page.getByLabel('To', { exact: true }).inputValue();
  await page.getByLabel('From', { exact: true }).selectOption(to);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByText('or both are the same. Choose two others.')).toBeVisible();

  const tabs = page.getByRole('navigation', { name: 'Resource' });
  await tabs.getByRole('link', { name: /^Scans/ }).click();
  await expect(page.getByRole('img', { name: /open findings became/ })).toBeVisible();
  await expectAccessible(page, 'the scans of a resource');
  await tabs.getByRole('link', { name: /^Packages/ }).click();
  await page.getByLabel('Search packages of this resource').fill('curl');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=curl/);
  const names = page.getByRole('region', { name: 'Table of packages' }).locator('tbody tr td:first-child');
  await expect(names.first()).toContainText('curl');
  for (const name of await names.allTextContents()) expect(name).toContain('curl');
});

test('a vulnerability shows where it is, and why it is not somewhere', async ({ page }) => {
  // Network paths are looked at for instances, so that what is in images is not assessed.
  await page.goto('/findings?q=is:open+kind:ecr&group=vulnerability');
  await toFirstRow(page);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/vulnerabilities/**');
  await expect(page.getByText('Where it is in the estate')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Not assessed yet' })).toBeVisible();
  await expectAccessible(page, 'a vulnerability');
  await page.keyboard.press('w');
  await expect(page.getByRole('button', { name: 'Watching' })).toBeVisible();
  await page.getByPlaceholder('Name or id of a resource').fill('shop-web-stg-01');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.getByText(/It is reported|It is not there|Not known|It was fixed/).first()).toBeVisible();

  await page.goto('/vulnerabilities/CVE-2099-0001');
  await expect(page.getByText(/CVE-2099-0001 is not open in [\d,]+ scanned resources/)).toBeVisible();
  await expect(page.getByText(/not scanned, so it may be there/)).toBeVisible();
  await expectAccessible(page, 'a vulnerability that is nowhere');
});

test('groups open in place, by keys, for every grouping', async ({ page }) => {
  for (const group of ['vulnerability', 'resource', 'account', 'package']) {
    await page.goto(`/findings?q=is:open&group=${group}`);
    await toFirstRow(page);
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('tbody tr[data-finding]').first()).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect(panel(page).getByRole('tab', { name: 'Summary' })).toBeVisible();
    await expectAccessible(page, `groups by ${group}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowLeft');
    await expect(page.locator('tbody tr[data-finding]')).toHaveCount(0);
  }
});

test('a view is saved, shared and taken away, and columns are kept', async ({ page, browser }) => {
  await page.goto('/findings?q=is:open+kind:ec2');
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.getByLabel('Name').fill('Instances <b>');
  await page.getByText(/Share with everybody/).click();
  await expectAccessible(page, 'saving a view');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('link', { name: /Instances <b>/ })).toBeVisible();
  const jun = await personPage(browser, JUN.email);
  await jun.goto('/findings');
  await expect(jun.getByRole('link', { name: /Instances <b>/ })).toBeVisible();
  await jun.context().close();

  await page.getByRole('button', { name: 'Change the view Instances <b>' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('link', { name: /Instances <b>/ })).toBeHidden();
  await page.keyboard.press('z');
  await expect(page.getByRole('link', { name: /Instances <b>/ })).toBeVisible();

  await page.getByRole('button', { name: 'Columns and density' }).click();
  await page.getByLabel('Region').check();
  await page.getByRole('button', { name: 'Compact' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 'Region' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Region' })).toBeVisible();
});

test('the query bar completes, names each mistake and keeps the last good rows', async ({ page }) => {
  await page.goto('/findings');
  await toFirstRow(page);
  await page.keyboard.press('/');
  await page.keyboard.type('acc');
  await expect(page.getByRole('option', { name: /^account:/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.type('shop');
  await page.keyboard.press('Escape');
  for (const [wrong, said] of [
    ['severty:high', /There is no key "severty"\. Did you mean severity:\?/],
    ['score:eleven', /Score takes a number/],
    ['"open quote', /A quote is open/],
    ['first:yesterday', /First takes/],
  ] as const) {
    await page.goto(`/findings?q=${encodeURIComponent(`is:open ${wrong}`)}`);
    await expect(page.getByRole('alert').filter({ hasText: said })).toBeVisible();
    await expect(rowOf(page, 1)).toBeVisible();
  }
  await page.goto('/findings?q=is:open+kind:ec2+kind:lambda');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Without kind:lambda' })).toBeVisible();
});
