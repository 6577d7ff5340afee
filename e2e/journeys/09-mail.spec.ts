import { type SmtpPeer, startSmtpPeer, textOf } from '@/lib/testing/smtp-peer.ts';
import { ADMIN, enter, expect, expectAccessible, serverUrl, test } from '../support/journey.ts';
import { invite, loadSample, personPage, toFirstRow } from '../support/people.ts';

test.describe.configure({ mode: 'serial' });

const MARA = { name: 'Mara Klein', email: 'mara@example.com', role: 'security', teams: 'payments' } as const;
const JUN = { name: 'Jun Wada', email: 'jun@example.com', role: 'viewer', teams: 'payments' } as const;
const LOGIN = { user: 'harrier', password: 'the mail password' } as const;

let smtp: SmtpPeer;
test.beforeAll(async () => {
  smtp = await startSmtpPeer({ plain: true, login: LOGIN });
});
test.afterAll(() => smtp.stop());
test.beforeEach(async ({ page }) => enter(page));

test('mail is set up, and a test tells what the server says', async ({ page, browser }) => {
  test.setTimeout(240_000);
  await loadSample(page);
  for (const person of [MARA, JUN]) await invite(page, browser, person);
  await page.goto('/settings/mail');
  await expectAccessible(page, 'mail that is not set up');
  await page.getByLabel('Server').fill('127.0.0.1');
  await page.getByLabel('Port').fill(String(smtp.port));
  await page.getByLabel('Encryption').selectOption('none');
  await page.getByLabel('Name').fill(LOGIN.user);
  await page.getByLabel('Sender').fill('harrier@example.com');
  await page.getByLabel('Address of the console').fill(serverUrl);
  await page.getByRole('button', { name: 'Save mail server' }).click();
  await expect(page.getByText('Give the password.')).toBeVisible();
  await page.getByLabel('Password').fill('a wrong one');
  await page.getByRole('button', { name: 'Save mail server' }).click();
  await page.getByRole('button', { name: 'Send a test mail' }).click();
  await expect(page.getByText(/refused the name or password/)).toBeVisible();
  expect(smtp.mails).toEqual([]);

  await page.getByLabel('Password').fill(LOGIN.password);
  await page.getByRole('button', { name: 'Save mail server' }).click();
  await page.getByRole('button', { name: 'Send a test mail' }).click();
  await expect(page.getByText(/took it: .*kept it/)).toBeVisible();
  expect(smtp.mails.map(({ to, user }) => ({ to, user }))).toEqual([{ to: [ADMIN.email], user: LOGIN.user }]);

  await page.reload();
  await expect(page.getByText('One is kept, sealed.', { exact: false })).toBeVisible();
  await expect(page.getByLabel('Password')).toHaveValue('');
  expect(await page.content()).not.toContain(LOGIN.password);
  await expectAccessible(page, 'mail that is set up');
});

test('whoever is mentioned gets a mail with a link that opens the finding', async ({ page, browser }) => {
  const mara = await personPage(browser, MARA.email);
  await mara.goto('/notices');
  await mara.getByRole('link', { name: 'By mail' }).click();
  await mara.getByLabel('Somebody mentions you').selectOption('now');
  await mara.getByLabel('Something of yours is due').selectOption('never');
  await mara.getByLabel('Time zone').fill('Mars/Olympus');
  await mara.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(mara.getByText('Give a time zone such as Europe/Berlin.')).toBeVisible();
  await expectAccessible(mara, 'what comes by mail');
  await mara.getByLabel('Time zone').fill('Europe/Berlin');
  await mara.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(mara.getByText('It counts from the next notice on.')).toBeVisible();
  await mara.reload();
  await expect(mara.getByLabel('Something of yours is due')).toHaveValue('never');
  await expect(mara.getByLabel('Time zone')).toHaveValue('Europe/Berlin');

  await page.goto('/findings?q=is:open+kind:lambda');
  await toFirstRow(page);
  await page.locator('tbody tr[aria-rowindex="1"]').click();
  await page.keyboard.press('5');
  const text = page.getByRole('textbox', { name: 'Comment' });
  await text.fill('Is this one reached by mail, @mara.klein?');
  await text.press('Control+Enter');
  const panel = page.getByRole('complementary', { name: 'Finding' });
  await expect(panel.getByText('Is this one reached by mail, @mara.klein?')).toBeVisible();

  const toMara = () => smtp.mails.filter(({ to }) => to.includes(MARA.email));
  await expect.poll(() => toMara().length, { timeout: 60_000 }).toBe(1);
  const [mail] = toMara();
  const said = mail === undefined ? '' : textOf(mail);
  expect(said).toContain(`${ADMIN.name} mentions you`);
  expect(said).toContain('Is this one reached by mail');
  expect(said).toContain(`${serverUrl}/notices/mail`);
  const link = new RegExp(`${serverUrl}/findings/[0-9a-f]{32}\\S*`).exec(said)?.[0] ?? '';
  await mara.goto(link);
  await expect(mara.getByText('Is this one reached by mail, @mara.klein?').first()).toBeVisible();
  await mara.context().close();
});

test('only administrators see the mail server, and they can forget it', async ({ page, browser }) => {
  for (const { email } of [MARA, JUN]) {
    const other = await personPage(browser, email);
    expect((await other.goto('/settings/mail'))?.status(), email).toBe(404);
    await other.context().close();
  }
  await page.goto('/settings');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Mail' }).click();
  await expect(page.getByText('Last sent')).toBeVisible();
  await page.getByRole('button', { name: 'Forget the server' }).click();
  await expect(page.getByText('No server is set up', { exact: false })).toBeVisible();
});
