import type { Page } from '@playwright/test';
import { ADMIN, expect, expectAccessible, test } from '../support/journey.ts';

async function signInAs(page: Page, person: string): Promise<void> {
  await page.goto('/sign-in?next=%2Fsettings%2Fusers');
  await page.getByRole('button', { name: 'Sign in with Example Login' }).click();
  await page.getByRole('link', { name: person, exact: true }).click();
}

test('somebody whom an identity provider vouches for is let in, to the page they asked for', async ({ page }) => {
  await page.goto('/sign-in');
  await expectAccessible(page, 'sign-in with a provider');

  await signInAs(page, 'invited');

  await page.waitForURL('**/settings/users');
  await expect(page.getByText(ADMIN.email).first()).toBeVisible();
});

test('whom nobody invited, or the provider does not vouch for, stays out and reads why', async ({ page }) => {
  const refusals = [
    ['stranger', 'Nobody has invited this e-mail address to Harrier'],
    ['unverified', 'Example Login has not verified your e-mail address'],
    ['nameless', 'Example Login did not say your e-mail address'],
  ] as const;
  for (const [person, sentence] of refusals) {
    await signInAs(page, person);
    await expect(page.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
    expect(new URL(page.url()).pathname, person).toBe('/sign-in');
  }

  await page.goto('/settings');
  expect(new URL(page.url()).pathname).toBe('/sign-in');
});

test('an answer that no request of this browser asked for opens nothing', async ({ page }) => {
  await page.goto('/api/auth/callback/oidc?code=made-up&state=made-up');

  await expect(page.getByRole('alert').filter({ hasText: 'did not work' })).toBeVisible();
});

test('on a phone everything to press at the door is as big as a fingertip', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/sign-in');

  for (const target of [page.getByRole('button'), page.locator('.field')]) {
    await expect(target.first()).toBeVisible();
    for (const box of await Promise.all((await target.all()).map((one) => one.boundingBox()))) {
      expect(box?.height).toBeGreaterThanOrEqual(44);
    }
  }
});
