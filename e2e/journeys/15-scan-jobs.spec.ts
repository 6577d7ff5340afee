import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { enter, expect, expectAccessible, test } from '../support/journey.ts';
import { loadSample } from '../support/people.ts';

test.beforeEach(async ({ page }) => {
  test.setTimeout(240_000);
  await enter(page);
  await loadSample(page);
});

test('a scan that is partial shows its errors, is saved as a file, and is asked for again by a key', async ({
  page,
}) => {
  const at = new Date().toISOString();
  await answerJobs(page, () => ({
    job: { state: 'partial', endedAt: at, message: '40 resources scanned. 1 could not be read.' },
    log: [
      { at, level: 'info', text: 'web-01: read' },
      { at, level: 'warning', text: 'web-02: old advisories' },
      { at, level: 'error', text: 'web-03: access denied' },
    ],
  }));
  const panel = await openJob(page);
  const log = panel.getByRole('region', { name: 'Log' });
  await expect(log.getByText(/web-0\d/)).toHaveCount(3);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Download' }).click(),
  ]);
  // The file is of the job itself, which is the one that loaded the sample.
  expect(file.suggestedFilename()).toMatch(/^job-\d+\.txt$/);
  expect(readFileSync(await file.path(), 'utf8')).not.toContain('web-03');
  await panel.getByRole('button', { name: 'Errors 1' }).click();
  await expect(log.getByText(/web-0\d/)).toHaveText([/access denied/]);
  await expectAccessible(page, 'a partial scan');

  await panel.getByRole('button', { name: /Rerun what failed/ }).waitFor();
  await page.keyboard.press('r');
  await expect(page.locator('.toast', { hasText: 'Nothing of that job is left to be read again.' })).toBeVisible();
});

test('a scan that runs tells its pace and when it is done', async ({ page }) => {
  const startedAt = Date.now();
  await answerJobs(page, () => {
    const done = Math.round((Date.now() - startedAt) / 25);
    return {
      job: { state: 'running', phases: [{ name: 'Collect packages', state: 'running', done, total: 20_000 }] },
      log: [],
    };
  });
  const panel = await openJob(page);
  await expect(panel.getByText(/of 20,000$/)).toBeVisible();
  await expect(panel.getByText(/of 20,000, (3\d|4\d)\/s$/)).toBeVisible();
  await expect(panel.getByText(/about [78] m \d\d s left$/)).toBeVisible();
});

test('a job says what it read by account, region and resource', async ({ page }) => {
  const panel = await openJob(page);
  const targets = panel.getByRole('region', { name: 'Targets' });
  await expect(targets.getByText(/^\d+ accounts?$/)).toBeVisible();
  const accounts = await targets.getByRole('listitem').count();
  expect(accounts).toBeGreaterThan(0);
  await expect(targets.getByRole('listitem').first()).toContainText(/\d+ of \d+/);
  await targets.getByRole('button', { name: 'Resource' }).click();
  await expect(targets.getByText(/^\d+ resources$/)).toBeVisible();
  await expect(targets.getByRole('listitem')).toHaveCount(8);
  await expect(targets.getByRole('listitem').last()).toContainText(/other resources/);
});

/** A job in the list with its panel open; what the panel is told comes from `answerJobs`. */
async function openJob(page: Page): Promise<Locator> {
  await page.goto('/scans');
  const job = page.getByRole('button', { name: /Load sample estate/ });
  await job.first().click();
  return page.getByRole('complementary', { name: 'Job' });
}

/** Answers for a job as if a scan in AWS were in this state; there is no AWS behind the sample estate. */
async function answerJobs(
  page: Page,
  answer: () => { readonly job: object; readonly log: readonly object[] },
): Promise<void> {
  await page.route('**/api/jobs/*', async (route) => {
    const { job, log } = answer();
    const told = {
      id: route.request().url().split('/').at(-1),
      number: 8841,
      kind: 'scan-estate',
      title: 'AWS packages',
      phases: [],
      message: null,
      requestedBy: null,
      attempts: 1,
      createdAt: new Date().toISOString(),
      startedAt: new Date().toISOString(),
      endedAt: null,
      ...job,
    };
    await route.fulfill({ json: { job: told, log } });
  });
}
