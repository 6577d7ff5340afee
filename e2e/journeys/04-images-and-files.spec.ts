import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { layerTar, sha256 } from '@/lib/testing/layer-tar.ts';
import { writeOciLayout } from '@/lib/testing/oci-layout.ts';
import { type RegistryServer, startRegistryServer } from '@/lib/testing/registry-server.ts';
import { enter, expect, expectAccessible, test } from '../support/journey.ts';

test.describe.configure({ mode: 'serial' });

const PASSWORD = 'the registry’s own passphrase';
const npm = JSON.stringify({ name: 'minimist', version: '1.2.5' });
const LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: { '': {}, 'node_modules/minimist': { version: '1.2.5' } },
});
const SBOM = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  components: [{ type: 'library', name: 'minimist', version: '1.2.5', purl: 'pkg:npm/minimist@1.2.5' }],
});

let area: string;
let registry: RegistryServer;

test.beforeAll(async () => {
  area = mkdtempSync(join(tmpdir(), 'harrier-journey-'));
  const tar = await layerTar({ 'srv/node_modules/minimist/package.json': npm });
  writeOciLayout(area, [{ layers: [{ tar, instruction: 'RUN npm install minimist' }], name: '1.0' }]);
  registry = await startRegistryServer(area);
  const wanted = `Basic ${Buffer.from(`robot:${PASSWORD}`).toString('base64')}`;
  registry.interfere = (request, response) => {
    if (request.headers.authorization === wanted) return false;
    response.writeHead(401, { 'www-authenticate': 'Basic realm="journey"' }).end('{}');
    return true;
  };
});

test.afterAll(() => {
  registry.close();
  rmSync(area, { recursive: true, force: true });
});

test.beforeEach(async ({ page }) => enter(page));

/** An archive as `docker save` writes it. */
async function dockerSave(): Promise<Buffer> {
  const layer = await layerTar({ 'srv/node_modules/minimist/package.json': npm });
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: [sha256(layer)] },
    history: [{ created_by: 'RUN npm install minimist' }],
  });
  const manifest = JSON.stringify([{ Config: 'config.json', RepoTags: ['app:1'], Layers: ['0.tar'] }]);
  return layerTar({ 'manifest.json': manifest, 'config.json': config, '0.tar': layer });
}

async function openDialog(page: Page, item: string): Promise<void> {
  await page.goto('/scans');
  await page.getByRole('button', { name: /^New scan/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

/** The job beside the list, once it has ended; the first one may wait for the advisories. */
async function jobMessage(page: Page): Promise<string> {
  const panel = page.getByRole('complementary', { name: 'Job' });
  await expect(panel.getByText(/^(Done|Partial|Failed)/)).toBeVisible({ timeout: 240_000 });
  return (await panel.textContent()) ?? '';
}

async function openResource(page: Page, name: string): Promise<void> {
  await page.goto('/resources');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

test('an archive of docker save is handed in, and its layers and packages are listed', async ({ page }) => {
  test.setTimeout(300_000);
  await openDialog(page, 'Upload a file');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'app.tar',
    mimeType: 'application/x-tar',
    buffer: await dockerSave(),
  });
  await expect(page.getByLabel('What it is')).toHaveValue('image');
  await expectAccessible(page, 'the dialog that takes a file');
  await page.getByRole('button', { name: 'Scan the file' }).click();

  expect(await jobMessage(page)).toContain('1 package');
  await openResource(page, 'app.tar');
  await expect(page.getByLabel('Table of packages').getByText('minimist', { exact: true })).toBeVisible();
  await expectAccessible(page, 'the page of an image');
  await page.getByRole('link', { name: 'Layers and configuration' }).click();
  await expect(page.getByLabel('Layers of the image').getByText('RUN npm install minimist')).toBeVisible();
  await expectAccessible(page, 'the layers of an image');
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, 'the page of an image at 390 px');
  const overflow = await page.evaluate(() => {
    const article = document.querySelector('article');
    return article === null ? Number.NaN : article.scrollWidth - article.clientWidth;
  });
  expect(overflow, 'the page of an image scrolls sideways').toBeLessThanOrEqual(0);
});

for (const [name, kind, content] of [
  ['bom.json', 'sbom', async () => Buffer.from(SBOM)],
  ['app-src.tar', 'source', async () => layerTar({ 'app/package-lock.json': LOCK })],
] as const) {
  test(`${name} is guessed to be ${kind}, and comes to the same package`, async ({ page }) => {
    await openDialog(page, 'Upload a file');
    await page
      .getByLabel('File', { exact: true })
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: await content() });
    await expect(page.getByLabel('What it is')).toHaveValue(kind);
    await page.getByRole('button', { name: 'Scan the file' }).click();

    expect(await jobMessage(page)).toContain('1 package');
    await openResource(page, name);
    await expect(page.getByLabel('Table of packages').getByText('minimist', { exact: true })).toBeVisible();
  });
}

test('a file that is none is said in a sentence, and no resource comes of it', async ({ page }) => {
  await openDialog(page, 'Upload a file');
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles({ name: 'broken.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') });
  await page.getByRole('button', { name: 'Scan the file' }).click();

  expect(await jobMessage(page)).toContain(
    'The function could not be scanned: broken.zip cannot be read as a zip archive',
  );
  await page.goto('/resources');
  await expect(page.getByRole('link', { name: 'broken.zip' })).toHaveCount(0);
});

async function scanImage(page: Page): Promise<string> {
  await openDialog(page, 'Container image');
  await page.getByLabel('Image', { exact: true }).fill(`${registry.host}/team/app:1.0`);
  await page.getByRole('button', { name: 'Scan the image' }).click();
  return jobMessage(page);
}

async function saveSignIn(page: Page, password: string): Promise<void> {
  await page.goto('/settings/registries');
  await page.getByRole('button', { name: 'Add a sign-in' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Registry').fill(registry.host);
  await dialog.getByLabel('Name').fill('robot');
  await dialog.getByLabel('Password or token').fill(password);
  await expectAccessible(page, 'the dialog of a registry');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('cell', { name: registry.host, exact: true })).toBeVisible();
}

test('an image of a private registry needs a sign-in: none and a wrong one are said, the right one reads it', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const name = `${registry.host}/team/app:1.0`;
  expect(await scanImage(page)).toContain('The image could not be scanned');

  await saveSignIn(page, 'a wrong passphrase');
  const refused = await scanImage(page);
  expect(refused).toContain('The image could not be scanned');
  expect(refused).not.toContain('a wrong passphrase');
  await page.goto('/resources');
  await expect(page.getByRole('link', { name })).toHaveCount(0);

  await saveSignIn(page, PASSWORD);
  expect(await scanImage(page)).toContain('1 package');
  await openResource(page, name);
  await page.getByRole('link', { name: 'Layers and configuration' }).click();
  await expect(page.getByLabel('Layers of the image').getByText('RUN npm install minimist')).toBeVisible();

  await page.goto('/settings/registries');
  expect(await page.content()).not.toContain(PASSWORD);
});

test('a name that is none is said at its field, without what was typed', async ({ page }) => {
  await openDialog(page, 'Container image');
  await page.getByLabel('Image', { exact: true }).fill('https://robot:secret@r.example/app');
  await page.getByRole('button', { name: 'Scan the image' }).click();

  await expect(page.getByText('Give the image as REGISTRY/NAME:TAG')).toBeVisible();
  await expect(page.getByRole('dialog')).not.toContainText('secret');
  await expectAccessible(page, 'the dialog that names an image, after a failure');
});

test('a file is not taken from another site', async ({ page, baseURL }) => {
  const answer = await page.request.post('/api/uploads?name=x&kind=sbom', {
    data: Buffer.from('{}'),
    headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
  });
  expect(answer.status(), baseURL ?? '').toBe(403);
});
