import { describe, expect, it } from 'vitest';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedBytes } from '../../testing/shared-data.ts';
import { digestOf } from './digest.ts';
import { collectDirectory } from './directory.ts';
import { collectHost } from './host-filesystem.ts';

const signal = new AbortController().signal;
const bookworm = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n';
const status = 'Package: adduser\nStatus: install ok installed\nArchitecture: all\nVersion: 3.134\n\n';
const machine = {
  'etc/os-release': bookworm,
  'var/lib/dpkg/status': status,
  'srv/app/node_modules/lodash/package.json': '{"name":"lodash","version":"4.17.20"}',
  'usr/local/lib/python3.11/dist-packages/Django-3.2.1.dist-info/METADATA': 'Name: Django\nVersion: 3.2.1\n\n',
};

describe('the packages of a machine', () => {
  it('come from every parser, sorted', async () => {
    const inventory = await collectHost(memoryFileTree(machine), signal);

    expect(inventory.outcome).toBe('complete');
    expect(inventory.diagnostics).toEqual([]);
    expect(inventory.distro?.versionId).toBe('12');
    expect(inventory.packages.map((pkg) => pkg.purl)).toEqual([
      'pkg:deb/debian/adduser@3.134?arch=all&distro=debian-12',
      'pkg:npm/lodash@4.17.20',
      'pkg:pypi/django@3.2.1',
    ]);
  });

  it('without a package database are not clean', async () => {
    const { 'var/lib/dpkg/status': _, ...rest } = machine;

    const inventory = await collectHost(memoryFileTree(rest), signal);

    expect(inventory.outcome).toBe('partial');
    expect(inventory.diagnostics[0]?.message).toContain('package database missing');
  });

  it.each([
    ['an unknown distribution', { 'etc/os-release': 'ID=nobody\nVERSION_ID=3.20\n' }, 'cannot be read'],
    ['no os-release', {}, 'No os-release'],
    ['a package database that cannot be chosen for', { 'var/lib/dpkg/status': status }, 'No os-release'],
  ])('with %s are not clean', async (_, files, message) => {
    const inventory = await collectHost(memoryFileTree(files), signal);

    expect(inventory.outcome).toBe('partial');
    expect(inventory.diagnostics[0]?.message).toContain(message);
  });

  it('with a database cut in half are partial and keep the good entries', async () => {
    const inventory = await collectHost(
      memoryFileTree({ ...machine, 'var/lib/dpkg/status': status + status.slice(0, 40) }),
      signal,
    );

    expect(inventory.outcome).toBe('partial');
    expect(inventory.packages).toHaveLength(3);
  });

  it('are whole where a lock file cannot be read, which those of a source tree are not', async () => {
    const files = { ...machine, 'srv/app/package-lock.json': '{"lockfileVersion": 3, "packages": {' };

    const host = await collectHost(memoryFileTree(files), signal);
    const tree = await collectDirectory(memoryFileTree(files), signal);

    expect([host.outcome, tree.outcome]).toEqual(['complete', 'partial']);
    expect(host.diagnostics.map(({ path }) => path)).toContain('srv/app/package-lock.json');
  });

  it('are not the sources that Go and Cargo fetched', async () => {
    const lock = '{"lockfileVersion":3,"packages":{"node_modules/a":{"version":"1.0.0"}}}';
    const fetched = {
      'root/go/pkg/mod/example.org/x@v1.0.0/package-lock.json': lock,
      'root/.cargo/registry/src/index/y-1.0.0/package-lock.json': lock,
    };
    const { packages, diagnostics } = await collectHost(memoryFileTree({ ...machine, ...fetched }), signal);

    expect(packages.filter(({ path }) => path.startsWith('root/'))).toEqual([]);
    expect(diagnostics.map(({ message }) => message).join()).toContain('2 files in the module caches');
  });

  it('with an unreadable manifest are partial', async () => {
    const tree = memoryFileTree(machine, { unreadable: ['srv/app/node_modules/lodash/package.json'] });

    const inventory = await collectHost(tree, signal);

    expect(inventory.outcome).toBe('partial');
    expect(inventory.packages).toHaveLength(2);
  });

  it.each([
    ['home/ann', 'could not be listed: EACCES', 'partial'],
    ['var/lib', 'could not be listed: EACCES', 'partial'],
    ['', 'more than 200 directories could not be read', 'partial'],
    ['var/log/private', 'could not be listed: EACCES', 'complete'],
    ['etc/ssl/private', 'could not be listed: EACCES', 'complete'],
    ['home/ann/x', 'could not be read: ENOENT: no such file', 'complete'],
  ])('behind a closed folder %j (%s) are %s', async (path, message, outcome) => {
    const inventory = await collectHost(memoryFileTree(machine, { problems: [{ path, message }] }), signal);

    expect(inventory.outcome).toBe(outcome);
    expect(inventory.diagnostics).toHaveLength(1);
  });

  it('that the distribution owns are counted once, as its packages', async () => {
    const owned = 'usr/lib/python3/dist-packages/PyYAML-6.0.egg-info';
    const files = { ...machine, [owned]: 'Name: PyYAML\nVersion: 6.0\n\n' };

    const inventory = await collectHost(memoryFileTree(files), signal);

    expect(inventory.packages.map((pkg) => pkg.name)).not.toContain('PyYAML');
    expect(inventory.outcome).toBe('complete');
    expect(inventory.diagnostics[0]?.message).toContain('1 language packages were left out');
  });

  it('in a folder that is no machine need no distribution', async () => {
    const inventory = await collectDirectory(
      memoryFileTree({ 'node_modules/a/package.json': '{"name":"a","version":"1.0.0"}' }),
      signal,
    );

    expect(inventory).toMatchObject({ outcome: 'complete', distro: null, diagnostics: [] });
  });

  it('stop being gathered when nobody waits for them', async () => {
    await expect(collectHost(memoryFileTree(machine), AbortSignal.abort())).rejects.toThrow();
  });

  it('of a real server are all there', async (ctx) => {
    const host = 'hosts/ubuntu-22.04';
    const files = Object.fromEntries(
      ['etc/os-release', 'var/lib/dpkg/status'].map((path) => [path, sharedBytes(ctx, `${host}/${path}`)]),
    );

    const inventory = await collectHost(memoryFileTree(files), signal);

    expect(inventory.outcome).toBe('complete');
    expect(inventory.packages).toHaveLength(101);
    expect(inventory.packages.every((pkg) => pkg.ecosystem === 'ubuntu')).toBe(true);
  });
});

it('the digest does not depend on the order, and does on places', async () => {
  const { packages } = await collectHost(memoryFileTree(machine), signal);
  const moved = packages.map((pkg, index) => (index === 0 ? { ...pkg, path: 'elsewhere' } : pkg));

  expect(digestOf([...packages].reverse())).toBe(digestOf(packages));
  expect(digestOf(moved)).not.toBe(digestOf(packages));
  expect(digestOf(packages)).toMatch(/^[0-9a-f]{64}$/);
});
