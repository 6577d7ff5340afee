import { expect, it } from 'vitest';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedText } from '../../testing/shared-data.ts';
import { opkgStatus } from './opkg-status.ts';

const PATH = 'usr/lib/opkg/status';

it('packages of opkg are counted, and never pass for assessed', async () => {
  const text =
    'Package: busybox\nVersion: 1.36.1-1\nStatus: install ok installed\n\nPackage: x\nStatus: deinstall ok not-installed\n\n';
  const result = await opkgStatus.parse(PATH, memoryFileTree({ [PATH]: text }), { distro: null });

  expect(result).toMatchObject({ packages: [], complete: false });
  expect(result.diagnostics[0]?.message).toContain('1 packages of opkg are not assessed');
});

it('the fixture of OpenWrt has its packages counted', async (ctx) => {
  const text = sharedText(ctx, 'hosts/parser-fixtures/osv-scalibr/dpkg/opkg/valid');
  const result = await opkgStatus.parse(PATH, memoryFileTree({ [PATH]: text }), { distro: null });

  expect(result.diagnostics[0]?.message).toMatch(/^[1-9][0-9]* packages of opkg/);
});

it.each([
  ['var/lib/opkg/status', true],
  ['usr/lib/opkg/status', true],
  ['usr/lib/opkg/info/a.control', false],
])('%s: %s', (path, wanted) => {
  expect(opkgStatus.wants(path, listedFile(path))).toBe(wanted);
});
