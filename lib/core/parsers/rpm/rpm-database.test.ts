import { describe, expect, it } from 'vitest';
import { listedFile, memoryFileTree } from '../../../testing/memory-file-tree.ts';
import {
  bdbDatabase,
  ndbDatabase,
  type RpmHeaderFields,
  rpmHeader,
  sqliteDatabase,
} from '../../../testing/rpm-databases.ts';
import { sharedBytes, sharedNames, sharedText } from '../../../testing/shared-data.ts';
import type { ParseResult } from '../parser.ts';
import { rpmDatabase } from './rpm-database.ts';

const SQLITE = 'var/lib/rpm/rpmdb.sqlite';
const NDB = 'usr/lib/sysimage/rpm/Packages.db';
const BDB = 'var/lib/rpm/Packages';
const rhel = { id: 'rhel', versionId: '9.4', codename: null, prettyName: 'Red Hat Enterprise Linux 9.4' };
const openssl: RpmHeaderFields = {
  name: 'openssl-libs',
  epoch: 1,
  version: '3.0.7',
  release: '27.el9',
  sourceRpm: 'openssl-3.0.7-27.el9.src.rpm',
  vendor: 'Red Hat, Inc.',
};
const nodejs: RpmHeaderFields = {
  name: 'nodejs',
  version: '18.19.0',
  release: '1.module+el9',
  modularityLabel: 'nodejs:18:9030020231019152822:rhel9',
  padding: 60_000,
};
const key: RpmHeaderFields = { name: 'gpg-pubkey', version: 'fd431d51', release: '4ae0493b', arch: '(none)' };
const headers = [openssl, nodejs, key, { name: 'tzdata', arch: 'noarch' }].map(rpmHeader);

function parse(files: Readonly<Record<string, Uint8Array>>, path = Object.keys(files)[0] ?? ''): Promise<ParseResult> {
  return rpmDatabase.parse(path, memoryFileTree(files), { distro: rhel });
}

const containers: readonly (readonly [string, string, (of: readonly Uint8Array[]) => Uint8Array])[] = [
  ['SQLite', SQLITE, (of) => sqliteDatabase(of).database],
  ['SQLite with small pages', SQLITE, (of) => sqliteDatabase(of, [], 512).database],
  ['SQLite with the largest pages', SQLITE, (of) => sqliteDatabase(of, [], 65536).database],
  ['ndb', NDB, ndbDatabase],
  ['Berkeley DB, little-endian', BDB, (of) => bdbDatabase(of, 'little')],
  ['Berkeley DB, big-endian', BDB, (of) => bdbDatabase(of, 'big', 8192)],
];

describe.each(containers)('the package database of rpm in %s', (_, path, build) => {
  it('gives each package, but not the keys among them', async () => {
    const { packages, complete, diagnostics } = await parse({ [path]: build(headers) });

    expect(diagnostics).toEqual([]);
    expect(complete).toBe(true);
    expect(
      packages.map(({ name, version, sourceName, sourceVersion }) => [name, version, sourceName, sourceVersion]),
    ).toEqual([
      ['openssl-libs', '1:3.0.7-27.el9', 'openssl', '1:3.0.7-27.el9'],
      ['nodejs', '18.19.0-1.module+el9', null, null],
      ['tzdata', '1.0-1', null, null],
    ]);
    expect(packages[0]?.purl).toBe('pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64&distro=rhel-9.4&epoch=1');
    expect(packages[1]?.purl).toContain('rpmmod=nodejs%3A18%3A9030020231019152822%3Arhel9');
  });

  it('holds thousands of packages', async () => {
    const many = Array.from({ length: 2_500 }, (__, n) => rpmHeader({ name: `p${n}`, padding: (n * 37) % 9_000 }));

    const { packages, complete } = await parse({ [path]: build(many) });

    expect(complete).toBe(true);
    expect(new Set(packages.map((pkg) => pkg.name)).size).toBe(2_500);
  });

  it('that was cut is not complete, and keeps what can be read', async () => {
    const whole = build(headers);

    for (let share = 0; share < 20; share += 1) {
      const cut = await parse({ [path]: whole.subarray(0, Math.floor((whole.length * share) / 20)) });
      expect(cut.packages.length).toBeLessThanOrEqual(3);
      // The last pages of SQLite's may hold other tables.
      expect(cut.complete && cut.packages.length < 3, `${share} twentieths`).toBe(false);
      expect(cut.diagnostics.length > 0).toBe(!cut.complete);
    }
  });

  it('skips a header that is none, and goes on', async () => {
    const noise = Buffer.from('ffffffffffffffff00000000', 'hex');

    const { packages, complete } = await parse({ [path]: build([noise, ...headers]) });

    expect(packages).toHaveLength(3);
    expect(complete).toBe(false);
  });

  it('with nothing in it gives nothing', async () => {
    expect(await parse({ [path]: build([]) })).toMatchObject({ packages: [], complete: true });
  });
});

describe('the write-ahead log beside a database', () => {
  const { database, log } = sqliteDatabase(headers.slice(0, 1), headers.slice(1));

  it('holds what was written last', async () => {
    expect((await parse({ [SQLITE]: database })).packages).toHaveLength(1);
    expect((await parse({ [SQLITE]: database, [`${SQLITE}-wal`]: log })).packages).toHaveLength(3);
  });

  it('counts up to its last whole commit', async () => {
    const broken = Uint8Array.from(log);
    broken[log.length - 10] = (broken[log.length - 10] ?? 0) ^ 0xff;

    for (const cut of [log.subarray(0, log.length - 1), broken, log.subarray(0, 40), Buffer.from('noise')]) {
      expect(await parse({ [SQLITE]: database, [`${SQLITE}-wal`]: cut })).toMatchObject({ complete: true });
    }
    expect((await parse({ [SQLITE]: database, [`${SQLITE}-wal`]: broken })).packages).toHaveLength(1);
  });
});

it('a transaction that was never finished is not passed over', async () => {
  const { database } = sqliteDatabase(headers);
  const beside = (bytes: Uint8Array) => parse({ [SQLITE]: database, [`${SQLITE}-journal`]: bytes });

  expect((await beside(Buffer.from('d9d505f920a163d700000001', 'hex'))).complete).toBe(false);
  expect((await beside(Buffer.alloc(512))).complete).toBe(true);
});

it.each([
  ['var/lib/rpm/rpmdb.sqlite-wal', true],
  ['usr/lib/sysimage/rpm/rpmdb.sqlite-journal', true],
  ['var/lib/rpm/rpmdb.sqlite-shm', false],
  ['srv/rpmdb.sqlite-wal', false],
])('also reads %s: %s', (path, isRead) => {
  expect(rpmDatabase.alsoReads?.(path)).toBe(isRead);
});

describe('hostile databases', () => {
  it('whose pages go round in circles end', async () => {
    const bytes = Buffer.from(
      sqliteDatabase(Array.from({ length: 2_500 }, (_, n) => rpmHeader({ name: `p${n}` }))).database,
    );
    for (let page = 1; page < bytes.length / 4096; page += 1) {
      if (bytes[page * 4096] === 5) {
        bytes.writeUInt32BE(page + 1, page * 4096 + 8);
      }
    }

    const { complete, packages } = await parse({ [SQLITE]: bytes });

    expect(complete).toBe(false);
    expect(packages.length).toBeGreaterThan(100);
  });

  it('whose chains go round in circles end', async () => {
    const bytes = Buffer.from(bdbDatabase([rpmHeader({ name: 'a', padding: 20_000 })], 'little'));
    bytes.writeUInt32LE(3, 3 * 4096 + 16);

    expect(await parse({ [BDB]: bytes })).toMatchObject({ complete: false, packages: [] });
  });

  it('whose packages overlap are not read over and over', async () => {
    const ndb = Buffer.from(ndbDatabase(Array.from({ length: 200 }, () => rpmHeader({ name: 'a', padding: 200_000 }))));
    const sqlite = Buffer.from(
      sqliteDatabase(
        Array.from({ length: 100 }, () => rpmHeader({ name: 'a' })),
        [],
        65536,
      ).database,
    );
    for (let slot = 1; slot < 200; slot += 1) {
      ndb.copy(ndb, 32 + slot * 16, 32, 48);
    }
    const leaf =
      [...Array(sqlite.length / 65536).keys()].find((page) => page > 0 && sqlite[page * 65536] === 0x0d) ?? 1;
    sqlite.writeUInt16BE(20_000, leaf * 65536 + 3);
    for (let cell = 1; cell < 20_000; cell += 1) {
      sqlite.copy(sqlite, leaf * 65536 + 8 + cell * 2, leaf * 65536 + 8, leaf * 65536 + 10);
    }

    for (const [path, bytes] of [
      [NDB, ndb],
      [SQLITE, sqlite],
    ] as const) {
      const { complete, packages, diagnostics } = await parse({ [path]: bytes });
      expect(complete).toBe(false);
      expect(packages.length).toBeLessThan(1_000);
      expect(diagnostics.map((one) => one.message).join()).toContain('overlap');
    }
  });

  it.each([
    ['a million slot pages', NDB, ndbDatabase([]), 12, 0x0f000000],
    ['a page size of one', BDB, bdbDatabase([], 'little'), 20, 1],
    ['four billion pages', BDB, bdbDatabase([], 'little'), 32, 0xffffffff],
  ])('with %s end', async (_, path, bytes, at, value) => {
    const forged = Buffer.from(bytes);
    forged.writeUInt32LE(value, at);

    expect((await parse({ [path]: forged })).complete).toBe(false);
  });

  it.each(['', 'noise', 'x'.repeat(5_000)])('%j is no database', async (text) => {
    for (const path of [SQLITE, NDB, BDB]) {
      expect((await parse({ [path]: Buffer.from(text) })).complete).toBe(false);
    }
  });

  it('a name with blanks is no package', async () => {
    const result = await parse({ [NDB]: ndbDatabase([rpmHeader({ name: 'a b' }), rpmHeader({ name: 'c' })]) });

    expect(result.packages.map((pkg) => pkg.name)).toEqual(['c']);
    expect(result.complete).toBe(false);
  });
});

it('a database that was converted is read once, from the newer file', async () => {
  const old = bdbDatabase(headers, 'little');
  const both = await parse({ [BDB]: old, [SQLITE]: sqliteDatabase(headers).database });
  const empty = await parse({ [BDB]: old, [SQLITE]: sqliteDatabase([]).database });

  expect(both).toMatchObject({ packages: [], complete: true });
  expect(both.diagnostics[0]?.message).toContain('older database was left out');
  expect(empty.packages).toHaveLength(3);
});

it('files by which a language would count a package again are named, for packages of the common vendor alone', async () => {
  const mine = (name: string, ...files: readonly string[]): Uint8Array =>
    rpmHeader({ name, vendor: 'Fedora Project', files });
  const result = await parse({
    [NDB]: ndbDatabase([
      mine('python3-pip', '/usr/lib/python3.12/site-packages/pip-23.dist-info/METADATA', '/usr/bin/pip'),
      mine('lib', '/lib/a.jar', '/usr/share/doc/lib/README'),
      mine('bash', '/usr/bin/bash'),
      rpmHeader({ name: 'nodejs', vendor: 'NodeSource', files: ['/usr/lib/node_modules/npm/package.json'] }),
    ]),
  });

  expect(result.owned).toEqual([
    'usr/lib/python3.12/site-packages/pip-23.dist-info/METADATA',
    'usr/bin/pip',
    'lib/a.jar',
    'usr/lib/a.jar',
    'usr/bin/bash',
  ]);
});

it.each([
  ['rhel', 'redhat', 'redhat'],
  ['centos', 'centos', 'centos'],
  ['ol', 'oracle', 'oracle'],
  ['amzn', 'amazon', 'amzn'],
  ['sles', 'suse', 'suse'],
  ['sles_sap', 'suse', 'suse'],
  ['sle-micro', 'suse', 'suse'],
  ['opensuse-leap', 'opensuse', 'opensuse'],
  ['opensuse-tumbleweed', 'opensuse', 'opensuse'],
  ['mariner', 'azurelinux', 'mariner'],
  ['openeuler', 'openeuler', 'openeuler'],
  ['scientific', 'redhat', 'scientific'],
  ['constructor', 'redhat', 'constructor'],
])('packages of %s are of %s, and of pkg:rpm/%s', async (id, ecosystem, namespace) => {
  const tree = memoryFileTree({ [NDB]: ndbDatabase([rpmHeader({ name: 'a' })]) });
  const { packages } = await rpmDatabase.parse(NDB, tree, { distro: { ...rhel, id } });

  expect(packages[0]?.ecosystem).toBe(ecosystem);
  expect(packages[0]?.purl).toContain(`pkg:rpm/${namespace}/a@`);
});

it.each([
  ['var/lib/rpm/rpmdb.sqlite', true],
  ['usr/lib/sysimage/rpm/rpmdb.sqlite', true],
  ['usr/share/rpm/Packages', true],
  ['var/lib/rpm/rpmdb.sqlite-wal', false],
  ['var/lib/rpm/Name', false],
  ['srv/var/lib/rpm/Packages', false],
])('wants %s: %s', (path, wanted) => {
  expect(rpmDatabase.wants(path, listedFile(path))).toBe(wanted);
});

describe('databases of real systems', () => {
  const hosts: readonly (readonly [string, string, number, string])[] = [
    ['cbl-mariner-2.0', SQLITE, 129, 'openssl-libs 1.1.1k-7.cm2 openssl'],
    ['sles-15-bci', NDB, 35, 'system-user-root 20190513-3.3.1 system-user-root'],
    ['rpm-bdb-libuuid', BDB, 1, 'libuuid 2.32.1-42.el8_8 util-linux'],
    ['rpm-bdb-epoch', BDB, 1, 'hello 1:0.0.1-rls hello'],
  ];
  for (const [host, path, count, one] of hosts) {
    it(`${host} is read in full`, async (ctx) => {
      const { packages, complete, diagnostics } = await parse({ [path]: sharedBytes(ctx, `hosts/${host}/${path}`) });

      expect(diagnostics).toEqual([]);
      expect(complete).toBe(true);
      expect(packages).toHaveLength(count);
      expect(packages.map((pkg) => `${pkg.name} ${pkg.version} ${pkg.sourceName}`)).toContain(one);
    });
  }

  it('a database whose table was never made is not clean', async (ctx) => {
    const { complete, diagnostics } = await parse({ [SQLITE]: sharedBytes(ctx, `hosts/rpm-sqlite-empty/${SQLITE}`) });

    expect(complete).toBe(false);
    expect(diagnostics[0]?.message).toContain('no table of packages');
  });

  it('every listed package of 25 systems comes back from each kind of database', async (ctx) => {
    const lists = sharedNames(ctx, 'hosts/rpm-lists').filter((name) => !name.includes('distribution'));
    expect(lists.length).toBeGreaterThan(20);
    for (const list of lists) {
      const [, ...rows] = sharedText(ctx, `hosts/rpm-lists/${list}`).trimEnd().split('\n');
      const packages = rows.map((row) => row.split('\t')).filter(([name]) => name !== 'gpg-pubkey');
      const built = packages.map(
        ([name = '', epoch = '', version = '', release = '', arch = '', source = '', label = '']) =>
          rpmHeader({
            name,
            version,
            release,
            arch,
            ...(/^[0-9]+$/.test(epoch) ? { epoch: Number(epoch) } : {}),
            ...(source.startsWith('(') ? {} : { sourceRpm: source }),
            ...(!label || label.startsWith('(') ? {} : { modularityLabel: label }),
          }),
      );
      const expected = packages.map(([name, epoch = '', version, release, arch]) =>
        [name, `${/^[1-9]/.test(epoch) ? `${epoch}:` : ''}${version}-${release}`, arch].join(' '),
      );
      expect(expected.length, list).toBeGreaterThan(0);
      for (const [, path, build] of containers.slice(2)) {
        const { packages: read } = await parse({ [path]: build(built) });
        expect(read.map((pkg) => `${pkg.name} ${pkg.version} ${pkg.architecture}`)).toEqual(expected);
      }
    }
  });
});
