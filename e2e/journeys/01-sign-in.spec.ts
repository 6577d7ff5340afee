import { ADMIN, enter, expect, expectAccessible, setUpLink, signIn, test } from '../support/journey.ts';

test.describe.configure({ mode: 'serial' });

const CLOSED_DOORS = [
  '/',
  '/overview',
  '/findings',
  '/findings/1',
  '/resources',
  '/resources/host%3A1',
  '/exposure',
  '/coverage',
  '/cost',
  '/scans',
  '/settings',
  '/settings/accounts',
  '/settings/feeds',
  '/settings/users',
  '/settings/registries',
  '/settings/mail',
  '/notices/mail',
  '/welcome',
];
const CLOSED_ROUTES = ['/api/findings', '/api/findings/1', '/api/jobs/1', '/api/search?text=a'];

test('without a session only sign-in, set-up and health answer', async ({ page, request }) => {
  for (const path of CLOSED_DOORS) {
    await page.goto(path);
    expect(new URL(page.url()).pathname, path).toBe('/sign-in');
  }
  for (const path of CLOSED_ROUTES) {
    expect((await request.get(path)).status(), path).toBe(401);
  }
  expect((await request.get('/api/health')).status()).toBe(200);
});

test('the link of the first start makes the first administrator, once', async ({ page }) => {
  await page.goto(setUpLink.replace(/code=.*/, 'code=wrong'));
  await expect(page.getByRole('heading', { name: 'This link does not open set-up' })).toBeVisible();

  await page.goto(setUpLink);
  await expectAccessible(page, 'set-up');
  await page.getByLabel('Name').fill(ADMIN.name);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Create sign-in' }).click();
  await page.waitForURL('**/welcome');
  await expect(page.getByRole('heading', { name: 'Where should Harrier look first?' })).toBeVisible();

  await page.goto(setUpLink);
  await expect(page.getByRole('heading', { name: 'Set-up is done' })).toBeVisible();
});

test('a wrong password is refused in one sentence, the right one leads on', async ({ page }) => {
  await signIn(page, 'not the passphrase');
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toContainText(/password/i);
  await expectAccessible(page, 'sign-in after a failure');

  await enter(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a revoked session is out at its next step', async ({ browser, baseURL }) => {
  const options = baseURL === undefined ? {} : { baseURL };
  const one = await (await browser.newContext(options)).newPage();
  const other = await (await browser.newContext(options)).newPage();
  await enter(one);
  await enter(other);

  await one.goto('/settings');
  const revoke = one.getByRole('button', { name: /^(End|Revoke)/ });
  while ((await revoke.count()) > 0) {
    const before = await revoke.count();
    await revoke.first().click();
    await expect(revoke).toHaveCount(before - 1);
  }

  await other.goto('/overview');
  expect(new URL(other.url()).pathname).toBe('/sign-in');
  await one.goto('/overview');
  expect(new URL(one.url()).pathname).toBe('/overview');
});
