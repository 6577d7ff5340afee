import { describe, expect, it } from 'vitest';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import { ndbDatabase, rpmHeader, sqliteDatabase } from '../../testing/rpm-databases.ts';
import type { Inventory } from '../model/inventory.ts';
import { collect } from './collector.ts';
import { collectDirectory } from './directory.ts';
import { collectHost } from './host-filesystem.ts';

const signal = new AbortController().signal;
const apk = 'P:musl\nV:1.2.5-r1\nA:x86_64\no:musl\n\n';
const rpm = sqliteDatabase([rpmHeader({ name: 'bash', vendor: 'V' })]).database;
const dpkg = 'Package: adduser\nStatus: install ok installed\nArchitecture: all\nVersion: 3.134\n\n';
const pacman = '%NAME%\nbash\n\n%VERSION%\n5.2-1\n\n';

type Files = Readonly<Record<string, string | Uint8Array>>;

const host = (files: Files): Promise<Inventory> => collectHost(memoryFileTree(files), signal);
const image = (files: Files): Promise<Inventory> =>
  collect(memoryFileTree(files), { expectsSystem: true, mayLackSystem: true }, signal);

const DATABASES: readonly (readonly [id: string, path: string, content: string | Uint8Array])[] = [
  ['debian', 'var/lib/dpkg/status', dpkg],
  ['ubuntu', 'var/lib/dpkg/status.d/adduser', dpkg],
  ['alpine', 'lib/apk/db/installed', apk],
  ['wolfi', 'usr/lib/apk/db/installed', apk],
  ['fedora', 'usr/lib/sysimage/rpm/rpmdb.sqlite', rpm],
  ['sles', 'usr/lib/sysimage/rpm/Packages.db', ndbDatabase([rpmHeader({ name: 'bash' })])],
  ['mariner', 'var/lib/rpmmanifest/container-manifest-2', 'a\t1-1\t1\t1\tM\t(none)\t1\tnoarch\t0\ta-1-1.src.rpm\n'],
  ['arch', 'var/lib/pacman/local/bash-5.2-1/desc', pacman],
];

describe.each(DATABASES)('a machine with %s', (id, path, content) => {
  const release = { 'etc/os-release': `ID=${id}\nVERSION_ID=9\n` };

  it('is complete by its own kind of database', async () => {
    expect((await host({ ...release, [path]: content })).outcome).toBe('complete');
  });

  it('is not clean where that is missing or empty', async () => {
    for (const files of [release, { ...release, [path]: '' }]) {
      const { outcome, diagnostics } = await host(files);
      expect(outcome).toBe('partial');
      expect(diagnostics.map((one) => one.message).join()).toContain('package database missing, empty or unreadable');
    }
  });

  it('is not clean by a database of another kind', async () => {
    const other = path.includes('dpkg') ? { 'lib/apk/db/installed': apk } : { 'var/lib/dpkg/status': dpkg };

    expect((await host({ ...release, ...other })).outcome).toBe('partial');
  });
});

describe('what a machine must have', () => {
  it('follows from the family that a distribution names', async () => {
    const mint = { 'etc/os-release': 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID=21\n' };

    expect((await host(mint)).diagnostics[0]?.path).toBe('var/lib/dpkg/status');
    expect((await host({ ...mint, 'var/lib/rpm/rpmdb.sqlite': rpm })).outcome).toBe('partial');
  });

  it('is not known of one that nobody knows, so it is not clean', async () => {
    const { outcome, diagnostics } = await host({ 'etc/os-release': 'ID=bottlerocket\nVERSION_ID=1.34.0\n' });

    expect(outcome).toBe('partial');
    expect(diagnostics[0]?.message).toContain('cannot be read');
  });

  it('is a database with packages, whatever else stands in it', async () => {
    const files = {
      'etc/os-release': 'ID=rhel\nVERSION_ID=9.4\n',
      'var/lib/rpm/rpmdb.sqlite': sqliteDatabase([rpmHeader({ name: 'gpg-pubkey' })]).database,
    };

    expect((await host(files)).outcome).toBe('partial');
  });

  it('is said where no advisory speaks of its packages', async () => {
    const scientific = {
      'etc/os-release': 'ID=scientific\nID_LIKE="rhel"\nVERSION_ID=7.9\n',
      'var/lib/rpm/rpmdb.sqlite': rpm,
    };
    const { outcome, diagnostics } = await host(scientific);

    expect(outcome).toBe('complete');
    expect(diagnostics[0]).toMatchObject({ level: 'info' });
    expect(diagnostics[0]?.message).toContain('its 1 packages are not assessed');
  });
});

describe('an image without an operating system', () => {
  const app = { 'app/node_modules/a/package.json': '{"name":"a","version":"1.0.0"}' };

  it('is complete for what it holds, and says so', async () => {
    const { outcome, diagnostics, packages } = await image(app);

    expect(outcome).toBe('complete');
    expect(packages).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ level: 'info' }]);
    expect(diagnostics[0]?.message).toContain('no operating system in it');
  });

  it('that shows marks of one was stripped, and is not clean', async () => {
    expect(await image({ ...app, 'etc/apk/repositories': '' })).toMatchObject({
      outcome: 'partial',
      diagnostics: [{ level: 'warning', path: 'etc/apk/repositories' }],
    });
  });

  it('is no machine', async () => {
    expect((await host(app)).outcome).toBe('partial');
  });
});

it('nothing is expected of a folder', async () => {
  expect(await collectDirectory(memoryFileTree({ 'etc/os-release': 'ID=alpine\n' }), signal)).toMatchObject({
    outcome: 'complete',
    diagnostics: [],
  });
});

describe('language packages of a distribution', () => {
  const own = 'usr/lib/python3.12/site-packages/requests-2.31.0.dist-info/METADATA';
  const pip = 'usr/lib/python3.12/site-packages/flask-3.0.0.dist-info/METADATA';
  const metadata = {
    [own]: 'Name: requests\nVersion: 2.31.0\n\n',
    [pip]: 'Name: flask\nVersion: 3.0.0\n\n',
  };
  const listed = `P:py3-requests\nV:2.31.0-r1\nF:${own.slice(0, own.lastIndexOf('/'))}\nR:METADATA\n\n`;

  it('are left out by its list of files, and those that pip put beside them are not', async () => {
    const { packages } = await host({
      ...metadata,
      'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.1\n',
      'lib/apk/db/installed': listed,
    });

    expect(packages.map((pkg) => pkg.name)).toEqual(['py3-requests', 'flask']);
  });

  it('are left out by the files of rpm', async () => {
    const database = ndbDatabase([rpmHeader({ name: 'python3-requests', files: [`/${own}`] })]);
    const { packages } = await host({
      ...metadata,
      'etc/os-release': 'ID=sles\nVERSION_ID=15.5\n',
      'usr/lib/sysimage/rpm/Packages.db': database,
    });

    expect(packages.map((pkg) => pkg.name)).toEqual(['flask', 'python3-requests']);
  });

  it('are left out by the lists of dpkg, save for what other publishers brought', async () => {
    const paths = [
      'usr/lib/python3/dist-packages/requests-2.28.1.egg-info/PKG-INFO',
      'usr/lib/python3/dist-packages/flask-3.0.0.dist-info/METADATA',
      'usr/lib/node_modules/npm/package.json',
    ];
    const { packages, outcome } = await host({
      [paths[0] ?? '']: 'Name: requests\nVersion: 2.28.1\n\n',
      [paths[1] ?? '']: 'Name: flask\nVersion: 3.0.0\n\n',
      [paths[2] ?? '']: '{"name":"npm","version":"10.2.3"}',
      'etc/os-release': 'ID=debian\nVERSION_ID=12\n',
      'var/lib/dpkg/status': dpkg,
      'var/lib/dpkg/info/adduser.list': `/.\n/${paths[0]}\n/${paths[2]}\n`,
    });

    expect(outcome).toBe('complete');
    expect(packages.map((pkg) => pkg.name)).toEqual(['adduser', 'npm', 'flask']);
  });

  it('are left out by the checksums of an image without dpkg', async () => {
    const { packages } = await host({
      ...metadata,
      'etc/os-release': 'ID=debian\nVERSION_ID=12\n',
      'var/lib/dpkg/status.d/adduser': dpkg,
      'var/lib/dpkg/status.d/adduser.md5sums': `d41d8cd98f00b204e9800998ecf8427e  ${own}\n`,
    });

    expect(packages.map((pkg) => pkg.name)).toEqual(['adduser', 'flask']);
  });

  it('are left out by folder where the list of packages names no files', async () => {
    const { packages } = await host({
      ...metadata,
      'etc/os-release': 'ID=mariner\nVERSION_ID=2.0\n',
      'var/lib/rpmmanifest/container-manifest-2': 'a\t1-1\t1\t1\tM\t(none)\t1\tnoarch\t0\ta-1-1.src.rpm\n',
    });

    expect(packages.map((pkg) => pkg.name)).toEqual(['a']);
  });
});
