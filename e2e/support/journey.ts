import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

export const ADMIN = {
  name: 'Ines Kovar',
  email: 'ines@example.com',
  password: 'a long enough passphrase',
} as const;

export const serverUrl = process.env.HARRIER_E2E_URL ?? '';
export const setUpLink = process.env.HARRIER_E2E_LINK ?? '';

/** A page on which any error in the browser's console fails the journey. */
export const test = base.extend<{ quiet: undefined }>({
  baseURL: async ({ browserName: _ }, use) => use(serverUrl),
  quiet: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        // A refused request is reported by the browser too; journeys that provoke one look at the page itself.
        if (message.type() === 'error' && !/status of (4\d\d)/.test(message.text())) errors.push(message.text());
      });
      await use(undefined);
      expect(errors, 'errors in the console of the browser').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export async function signIn(page: Page, password: string = ADMIN.password): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Signs in and waits for the console. */
export async function enter(page: Page): Promise<void> {
  await signIn(page);
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** WCAG 2.2 A and AA have nothing to say about the page as it stands. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(found, `accessibility of ${where}`).toEqual([]);
}
