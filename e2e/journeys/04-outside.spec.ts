import type { Page } from '@playwright/test';
import { pack } from 'tar-stream';
import { layerTar, sha256 } from '../../lib/testing/layer-tar.ts';
import { enter, expect, expectAccessible, test } from '../support/journey.ts';

test.describe.configure({ mode: 'serial' });

const SBOM = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: { type: 'application', name: 'shop', version: '2.1.0', 'bom-ref': 'shop' } },
  components: [
    { type: 'library', name: 'lodash', version: '4.17.4', purl: 'pkg:npm/lodash@4.17.4', 'bom-ref': 'lodash' },
    { type: 'library', name: 'express', version: '4.19.2', purl: 'pkg:npm/express@4.19.2', 'bom-ref': 'express' },
  ],
};

const BASE = {
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
  'var/lib/dpkg/status': 'Package: libssl3\nStatus: install ok installed\nVersion: 3.0.11-1~deb12u1\nSource: openssl\n',
};
const APPLICATION = { 'app/node_modules/lodash/package.json': '{"name":"lodash","version":"4.17.4"}' };

test.beforeEach(async ({ page }) => enter(page));

test('an SBOM that is handed in is a resource with its packages', async ({ page }) => {
  await handIn(page, { name: 'shop.cdx.json', buffer: Buffer.from(JSON.stringify(SBOM)) });

  await openResource(page, 'shop.cdx.json');
  await expect(fact(page, 'Packages')).toHaveText('2');
  await expectAccessible(page, 'the resource of an SBOM');
});

test('an image that is handed in says which layer brought what', async ({ page }) => {
  await handIn(page, { name: 'shop.tar', buffer: await savedImage() });

  await openResource(page, 'shop.tar');
  await expect(fact(page, 'System')).toHaveText('Debian GNU/Linux 12 (bookworm)');
  const layers = page.getByRole('region', { name: 'Layers of the image' }).locator('tbody tr');
  await expect(layers).toHaveCount(2);
  await expect(layers.nth(0)).toContainText('FROM debian');
  await expect(layers.nth(1)).toContainText('COPY app');
  for (const layer of [layers.nth(0), layers.nth(1)]) await expect(layer.locator('td').nth(2)).toHaveText('1');
  await expectAccessible(page, 'the resource of an image');
  await page.setViewportSize({ width: 390, height: 900 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, 'the resource of an image scrolls sideways').toBeLessThanOrEqual(0);
});

test('an image of a registry that does not answer ends with a sentence, and a reference with a password is not repeated', async ({
  page,
}) => {
  await openDialog(page, 'Container image');
  await expectAccessible(page, 'the dialog of images');
  await page.getByLabel('Image', { exact: true }).fill('https://ines:correct-horse@registry.example.com/app');
  await page.getByRole('button', { name: 'Scan the image' }).click();
  await expect(page.getByText('Give the image as REGISTRY/NAME:TAG')).toBeVisible();

  // Nothing listens on the discard port.
  await page.getByLabel('Image', { exact: true }).fill('127.0.0.1:9/team/app:1.4');
  await page.getByRole('button', { name: 'Scan the image' }).click();
  await page.waitForURL('**/scans?sel=*');
  await expect(page.getByText(/127\.0\.0\.1:9/).first()).toBeVisible({ timeout: 60_000 });
});

test('the sign-in of a registry is kept and never shown again', async ({ page }) => {
  await page.goto('/settings/registries');
  await page.getByRole('button', { name: 'Add a sign-in' }).first().click();
  await expectAccessible(page, 'the dialog of registries');
  await page.getByLabel('Registry').fill('registry.example.com');
  await page.getByLabel('Name').fill('puller');
  await page.getByLabel('Password or token').fill('correct-horse');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('cell', { name: 'registry.example.com', exact: true })).toBeVisible();
  expect(await page.content()).not.toContain('correct-horse');
});

async function openDialog(page: Page, item: string): Promise<void> {
  await page.goto('/scans');
  await page.getByRole('button', { name: /New scan/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

async function handIn(page: Page, file: { readonly name: string; readonly buffer: Buffer }): Promise<void> {
  await openDialog(page, 'Upload a file');
  await page.getByLabel('File', { exact: true }).setInputFiles({ ...file, mimeType: 'application/octet-stream' });
  await expectAccessible(page, 'the dialog of files');
  await page.getByRole('button', { name: 'Scan the file' }).click();
  await page.waitForURL('**/scans?sel=*');
  await expect(page.getByRole('complementary').getByText(/\d+ packages?, \d+ findings?/)).toBeVisible({
    timeout: 60_000,
  });
}

async function openResource(page: Page, name: string): Promise<void> {
  await page.goto('/resources');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

function fact(page: Page, name: string) {
  return page.locator('dt', { hasText: name }).locator('+ dd');
}

/** An image of two layers as `docker save` writes it. */
async function savedImage(): Promise<Buffer> {
  const layers = [await layerTar(BASE), await layerTar(APPLICATION)];
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: layers.map(sha256) },
    history: [{ created_by: 'FROM debian:12' }, { created_by: 'COPY app /app' }],
  });
  const manifest = [{ Config: 'config.json', RepoTags: ['shop:1'], Layers: ['0/layer.tar', '1/layer.tar'] }];
  const archive = pack();
  archive.entry({ name: 'manifest.json' }, JSON.stringify(manifest));
  archive.entry({ name: 'config.json' }, config);
  for (const [place, layer] of layers.entries()) archive.entry({ name: `${place}/layer.tar` }, layer);
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
