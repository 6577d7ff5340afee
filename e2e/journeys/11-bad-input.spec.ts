import type { Page } from '@playwright/test';
import { type FilledDatabase, filledDatabase } from '../../lib/testing/filled-database.ts';
import { expect, expectAccessible, test } from '../support/journey.ts';
import { setUp, toFirstRow } from '../support/people.ts';
import { type RunningServer, startServer } from '../support/server.ts';

test.describe.configure({ mode: 'serial' });

/** What a scanned file may call its packages, and a stranger's account its resources. */
const SCRIPT = '<img src=x onerror=alert(1)><script>alert(2)</script>';
const REVERSED = '\u202Egnp.exe\u202C \u2067\u05D0\u2069';
const LONG = 'x'.repeat(10_000);

let filled: FilledDatabase;
let server: RunningServer;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  filled = await filledDatabase({ findings: 900, accounts: 3, resources: 30, vulnerabilities: 60, at: new Date() });
  await filled.query(
    `update resource set name = (array[$1, $2, $3])[id % 3 + 1], environment = (array[$1, $2, $4])[id % 3 + 1]`,
    [SCRIPT, REVERSED, LONG, LONG.slice(0, 250)],
  );
  await filled.query(
    'update account set name = (array[$1, $2, $3])[row_number % 3 + 1] from (select id as own, row_number() over () from account) as n where id = own',
    [SCRIPT, REVERSED, LONG],
  );
  await filled.query(`update vulnerability set title = $1 || $2 || $3, description = $1 || $2 || $3`, [
    SCRIPT,
    REVERSED,
    LONG,
  ]);
  await filled.query(`update finding set package_name = (array[$1, $2, $3])[id % 3 + 1], package_version = $3`, [
    SCRIPT,
    REVERSED,
    LONG,
  ]);
  server = await startServer({ DATABASE_URL: filled.url });
  page = await (await browser.newContext({ baseURL: server.url })).newPage();
  await setUp(page, server.setUpLink);
});

test.afterAll(async () => {
  await page?.context().close();
  await server?.stop();
  await filled?.stop();
});

test('names from scanned files run nowhere, turn nothing round and push nothing off the page', async () => {
  test.setTimeout(180_000);
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => ran.push(error.message));
  const { rows } = (await (await page.request.get('/api/findings?q=is:open')).json()) as {
    readonly rows: readonly { readonly id: string; readonly vulnerabilityId: string; readonly resourceId: string }[];
  };
  const [first] = rows;
  if (first === undefined) throw new Error('no finding is listed');
  const pages = [
    '/findings?q=is:open',
    `/findings?q=is:open&sel=${first.id}`,
    ...['vulnerability', 'resource', 'account', 'package'].map((group) => `/findings?group=${group}`),
    `/findings/${first.id}`,
    `/vulnerabilities/${first.vulnerabilityId}`,
    '/resources',
    '/exposure',
    '/coverage',
    '/coverage?by=resource',
    `/resources/${encodeURIComponent(first.resourceId)}`,
    '/overview',
    '/my-work',
    '/activity',
  ];
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of pages) {
      await page.goto(path, { waitUntil: 'networkidle' });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(wide, `${path} at ${width} px`).toBeLessThanOrEqual(0);
      // A mark that turns the direction round ends with the name that has it.
      const leaks = await page.evaluate((mark) => {
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found: string[] = [];
        for (let node = texts.nextNode(); node; node = texts.nextNode()) {
          if (!node.textContent?.includes(mark) || node.parentElement?.closest('script, style, title')) continue;
          let box = node.parentElement;
          while (
            box &&
            getComputedStyle(box).display === 'inline' &&
            !/isolate/.test(getComputedStyle(box).unicodeBidi)
          ) {
            box = box.parentElement;
          }
          const alone = box?.textContent?.trim() === node.textContent.trim();
          if (box && !/isolate/.test(getComputedStyle(box).unicodeBidi) && !alone)
            found.push(`${box.tagName}.${box.className} ${box.textContent?.slice(0, 60)}`);
        }
        return [...new Set(found)];
      }, '\u202E');
      expect.soft(leaks, `${path} at ${width} px`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/findings/${first.id}`);
  await expectAccessible(page, 'a finding with hostile names');
  expect(ran).toEqual([]);
});

test('the way back and forward leads through queries as they were', async () => {
  await page.goto('/findings?q=is:open');
  await toFirstRow(page);
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Filter findings' }).pressSequentially('severity:critical');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/severity:critical/);
  const critical = page.locator('.query-chip', { hasText: 'critical' });
  await expect(critical).toBeVisible();
  await page.keyboard.press('Escape');
  await toFirstRow(page);
  await page.keyboard.press('o');
  await page.waitForURL(/\/findings\/[0-9a-f]{32}/);
  await page.goBack();
  await expect(critical).toBeVisible();
  await page.goBack();
  await expect(page).not.toHaveURL(/severity:critical/);
  await expect(critical).toHaveCount(0);
  await page.goForward();
  await expect(critical).toBeVisible();
});

test('what one tab does, the other shows, and nothing is done twice', async () => {
  await page.goto('/findings?q=is:open');
  await toFirstRow(page);
  const other = await page.context().newPage();
  await other.goto('/findings?q=is:open');
  await toFirstRow(other);
  await page.bringToFront();
  await page.keyboard.press('a');
  await page.getByRole('option', { name: 'Me', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast', { hasText: '1 finding assigned to' })).toBeVisible();
  await other.bringToFront();
  await expect(other.locator('tbody tr[aria-rowindex="1"]').getByLabel(/Ines Kovar/)).toBeVisible({ timeout: 4_000 });
  await other.keyboard.press('a');
  await other.getByRole('option', { name: 'Me', exact: true }).waitFor();
  await other.keyboard.press('Enter');
  await expect(other.locator('.toast', { hasText: 'Nothing changed: so already' })).toBeVisible();
  await other.close();
});

test('what cannot be read is named on its page, is never a zero, and comes back', async () => {
  test.setTimeout(180_000);
  const gone = ['finding', 'coverage', 'activity', 'suppression_rule', 'job', 'scan_target'];
  const [row] = await filled.query<{ id: string; cve: string; resource: string }>(
    `select encode(uuid_send(f.key), 'hex') as id, f.vulnerability_id as cve, r.key as resource
     from finding f join resource r on r.id = f.resource_id where f.status = 'ACTIVE' order by f.id limit 1`,
  );
  for (const table of gone) await filled.query(`alter table ${table} rename to ${table}_gone`);
  const pages = [
    ['/overview', 'The overview did not load'],
    ['/findings', 'Findings did not load'],
    ['/findings?group=vulnerability', 'Findings did not load'],
    [`/findings/${row?.id}`, 'This page did not load'],
    [`/vulnerabilities/${row?.cve}`, 'The vulnerability did not load'],
    ['/resources', 'Resources did not load'],
    ['/exposure', 'Exposure did not load'],
    ['/coverage', 'Coverage did not load'],
    ['/coverage?by=resource', 'Resources did not load'],
    [`/resources/${encodeURIComponent(row?.resource ?? '')}`, 'This page did not load'],
    ['/cost', 'Cost did not load'],
    ['/my-work', 'Your work did not load'],
    ['/suppression', 'Suppression rules did not load'],
    ['/activity', 'Activity did not load'],
    ['/scans', 'Jobs did not load'],
    ['/scans?tab=targets', 'Targets did not load'],
  ] as const;
  for (const [path, sentence] of pages) {
    await page.goto(path);
    await expect(page.getByText(sentence), path).toBeVisible();
    await expect(page.getByRole('button', { name: 'Retry' }).first(), path).toBeVisible();
    await expect(page.locator('main').getByText('0', { exact: true }), path).toHaveCount(0);
    await expectAccessible(page, `${path} that cannot be read`);
  }
  for (const table of gone) await filled.query(`alter table ${table}_gone rename to ${table}`);
  await page.goto('/findings');
  await expect(page.locator('tbody tr[aria-rowindex="1"]')).toBeVisible();
});

test('a server that starts anew under an open page loses no act, and says so in one sentence', async () => {
  await page.goto('/findings?q=is:open');
  await toFirstRow(page);
  await page.keyboard.press('e');
  await expect(page.locator('.toast', { hasText: '1 finding now awaiting rescan' })).toBeVisible();
  await page.keyboard.press('j');
  await server.halt();
  await page.keyboard.press('e');
  const said = page.locator('.toast', { hasText: 'The server did not answer, and nothing is known to have changed.' });
  await expect(said).toBeVisible();
  await server.resume();
  await said.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.toast', { hasText: /findings? now awaiting rescan/ })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Finding' }).getByRole('tabpanel')).toBeVisible();
});
