import type { Browser, Page } from '@playwright/test';
import { ADMIN, expect, serverUrl } from './journey.ts';

export const PASSWORD = 'another long passphrase';

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly teams?: string;
  /** Ids between commas; all unless given. */
  readonly accounts?: string;
}

/** Loads the sample estate unless it is there. */
export async function loadSample(page: Page): Promise<void> {
  await page.goto('/overview');
  if (await page.getByText('Made-up accounts and findings').isVisible()) return;
  await page.goto('/welcome');
  await page.getByText('Sample estate').first().click();
  await page.getByRole('button', { name: 'Load the sample estate' }).click();
  await page.getByRole('link', { name: 'Show the overview' }).click({ timeout: 120_000 });
  await page.waitForURL('**/overview');
}

/** The first administrator of a server of one's own, by its link; ends on the page of the first run. */
export async function setUp(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Name').fill(ADMIN.name);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Create sign-in' }).click();
  await page.waitForURL('**/welcome');
}

/** Invites a person as the administrator, and chooses the password as the person; does nothing where the person is there. */
export async function invite(page: Page, browser: Browser, person: NewPerson): Promise<void> {
  await page.goto('/settings/users');
  await page.getByRole('button', { name: 'Invite a person' }).waitFor();
  if (await page.getByText(person.email).first().isVisible()) return;
  await page.getByRole('button', { name: 'Invite a person' }).click();
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Role').selectOption(person.role);
  if (person.teams !== undefined) await page.getByLabel('Teams').fill(person.teams);
  if (person.accounts !== undefined) await page.getByRole('dialog').getByLabel('Accounts').fill(person.accounts);
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const link = new URL((await page.getByRole('dialog').locator('code').textContent()) ?? '');
  const own = await (await browser.newContext()).newPage();
  await own.goto(`${new URL(page.url()).origin}${link.pathname}${link.search}`);
  await own.getByLabel('New password').fill(PASSWORD);
  await own.getByRole('button').last().click();
  await own.waitForURL((url) => !url.pathname.includes('set-password'));
  await own.context().close();
}

/** A page of a browser of the person's own, signed in. */
export async function personPage(browser: Browser, email: string, url = serverUrl): Promise<Page> {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await signInAs(page, email);
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
}

export async function signInAs(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Makes the first row of the list current, as soon as the page listens to keys. */
export async function toFirstRow(page: Page): Promise<void> {
  const current = page.locator('tbody tr[aria-current]');
  await expect(async () => {
    await page.keyboard.press('j');
    await expect(current).toBeVisible({ timeout: 400 });
  }).toPass();
  while ((await current.getAttribute('aria-rowindex')) !== '1') await page.keyboard.press('k');
}
