import { expect, it } from 'vitest';
import { distroOfPurl } from './purl-distro.ts';

it.each([
  ['debian', 'debian-12', 'debian', '12'],
  ['debian', 'bookworm', 'debian', '12'],
  ['ubuntu', 'jammy', 'ubuntu', '22.04'],
  ['ubuntu', 'ubuntu-22.04', 'ubuntu', '22.04'],
  ['alpine', '3.18.2', 'alpine', '3.18.2'],
  ['alpine', 'alpine-3.18', 'alpine', '3.18'],
  ['redhat', 'rhel-9.4', 'rhel', '9.4'],
  ['redhat', '9.4', 'rhel', '9.4'],
  ['amazon', '2023', 'amzn', '2023'],
  ['opensuse', 'opensuse-leap-15.5', 'opensuse-leap', '15.5'],
  ['alpine', 'edge', 'alpine', 'edge'],
  ['alpine', 'alpine-edge', 'alpine', 'edge'],
  ['arch', undefined, 'arch', ''],
])('pkg of %s with distro=%s is of %s %s', (namespace, qualifier, id, versionId) => {
  expect(distroOfPurl(namespace, qualifier)).toMatchObject({ id, versionId });
});

it.each([undefined, '', 'nobody', '; rm', '__proto__'])('distro=%s says nothing', (qualifier) => {
  expect(distroOfPurl('debian', qualifier)).toBeNull();
});
