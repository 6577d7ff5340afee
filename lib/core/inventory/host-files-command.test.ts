import { afterEach, describe, expect, it } from 'vitest';
import {
  DEBIAN_HOST,
  type HostFiles,
  type HostRoot,
  openHostRoot,
  runAwk,
  type Shell,
} from '../../testing/host-tree.ts';
import { programPath } from '../../testing/peer-programs.ts';
import type { Inventory } from '../model/inventory.ts';
import { HOST_PACKAGES_MAX, hostFilesCommand } from './host-files-command.ts';
import * as programs from './host-files-programs.ts';
import { collectSsmCommand } from './ssm-command.ts';

const { signal } = new AbortController();
const roots: HostRoot[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) root.remove();
});

function hostOf(files: HostFiles): HostRoot {
  const host = openHostRoot(files);
  roots.push(host);
  return host;
}

async function inventoryOf(host: HostRoot, shell?: Shell): Promise<Inventory> {
  const result = await host.run(shell);
  if (result.kind === 'failed') throw new Error(result.message);
  return collectSsmCommand(result.base64, signal);
}

const named = ({ packages }: Inventory): readonly string[] => packages.map(({ purl, path }) => `${purl} ${path}`);
const OS_RELEASE = 'ID=debian\nVERSION_ID="12"\n';
const STATUS = 'Package: a\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n\n';

describe('the text of the command', () => {
  it('has nothing that SSM or find would fill in, and nothing that ends its quotation', () => {
    const text = hostFilesCommand(22_000);

    expect(text).not.toContain('{{');
    expect(text.length).toBeLessThan(16_000);
    expect(text).toMatch(/^O=22000\n/);
    for (const [name, program] of Object.entries(programs)) {
      expect(program, name).not.toContain('{}');
      expect(program, name).not.toContain("'");
    }
  });
});

const busybox = programPath('busybox');
/** Programs that busybox brings, in place of those of this machine. */
const APPLETS = 'awk base64 cat date find gzip head mktemp rm sha256sum sleep sort tail tr unzip wc'.split(' ');
/** Those that are here; "sh" always is, and "npm test" brings busybox. */
const SHELLS: readonly (readonly [name: string, shell: Shell])[] = [
  ['sh', ['/bin/sh']],
  ...['dash', 'bash', 'mksh', 'ksh'].flatMap((name) => {
    const path = programPath(name);
    return path === null ? [] : [[name, [path]] as const];
  }),
  ...(busybox === null ? [] : [['busybox', [busybox, 'sh']] as const]),
];

describe.each(SHELLS)('%s', (name, shell) => {
  it('finds the packages of every language in folders of the oddest names, and leaves nothing behind', async () => {
    const host = hostOf(DEBIAN_HOST);
    if (name === 'busybox') {
      for (const applet of APPLETS) host.program(applet, `exec "${shell[0]}" ${applet} "$@"`);
    }
    const before = host.paths();
    const inventory = await inventoryOf(host, shell);
    const list = named(inventory);

    expect(inventory.outcome).toBe('complete');
    expect(inventory.distro).toMatchObject({ id: 'debian', versionId: '12', codename: 'bookworm' });
    expect(inventory.packages.filter(({ packageManager }) => packageManager === 'OS')).toMatchObject([
      { name: 'libssl3', version: '3.0.15-1~deb12u1', sourceName: 'openssl', sourceVersion: '3.0.15-1~deb12u1' },
      { name: 'python3-owned', version: '1.0-1+b1', sourceName: 'owned', sourceVersion: '1.0-1' },
    ]);
    const odd = inventory.packages.filter(({ name: own }) => /(?:^|:)odd-\d+$/.test(own));
    expect(odd).toHaveLength(45);
    expect(odd.map(({ path }) => path)).toContain('srv/new\nline/odd.jar');
    for (const wanted of [
      'pkg:npm/%40scope/pkg@1.2.3 srv/app/node_modules/@scope/pkg/package.json',
      'pkg:npm/minified@4.0.0 srv/app/node_modules/minified/package.json',
      'pkg:npm/twice@1.0.0 srv/app/node_modules/twice/package.json',
      'pkg:pypi/some@3.1 opt/egg/Some.egg-info/PKG-INFO',
      'pkg:pypi/single@1.0 opt/egg/single-1.0.egg-info',
      'pkg:gem/json@2.6.1 opt/gems/specifications/default/json-2.6.1.gemspec',
      'pkg:maven/org.example/named@5.6.7 srv/java/named.jar',
      'pkg:maven/org.springframework/spring-web@5.3.2 srv/java/spring-web-5.3.2.jar',
      'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 srv/java/app.jar!/BOOT-INF/lib/log4j-core-2.14.1.jar',
      'pkg:maven/org.inner/inner@1.0 srv/java/tomcat.war!/WEB-INF/lib/inner.jar',
    ]) {
      expect(list).toContain(wanted);
    }
    const left = /\/(?:private|history|layer|process|material|fetched|merged|owned|for-tests|application)@/;
    expect(list.filter((one) => left.test(one))).toEqual([]);
    expect(host.paths()).toEqual(before);
    expect(host.left()).toEqual([]);
  });
});

describe('the mounts that are looked at besides the root', () => {
  it.each([
    ['a disk', '30 1 8:16 / /data rw - ext4 /dev/sdb1 rw', ['/data']],
    ['a disk with options between', '30 1 8:16 / /data rw shared:1 master:2 - xfs /dev/sdb1 rw', ['/data']],
    ['a name with a blank', '30 1 8:16 / /my\\040data rw - ext4 /dev/sdb1 rw', ['/my\\040data']],
    ['the root again', '30 1 8:1 / /mnt rw - ext4 /dev/sda1 rw', []],
    ['a folder of a disk', '30 1 8:16 /sub /data rw - ext4 /dev/sdb1 rw', []],
    ['a disk twice', '30 1 8:16 / /a rw - ext4 /dev/sdb1 rw\n31 1 8:16 / /b rw - ext4 /dev/sdb1 rw', ['/a']],
    ['a volume of btrfs', '30 1 0:31 /@home /home rw - btrfs /dev/sdc rw', ['/home']],
    ['snapshots of btrfs', '30 1 0:31 /@/.snapshots /.snapshots rw - btrfs /dev/sdc rw', []],
    ['a network', '30 1 0:40 / /net rw - nfs4 server:/ rw', []],
    ['layers of containers', '30 1 8:16 / /var/lib/docker rw - ext4 /dev/sdb1 rw', []],
    ['a volume of a pod', '30 1 8:16 / /var/lib/kubelet/pods/1/volumes/x rw - ext4 /dev/sdb1 rw', []],
  ])('%s', (_what, lines, points) => {
    const root = '27 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n';
    const told = runAwk(programs.MOUNTS, `${root}${lines}\n`);

    expect(told.split('\n').filter(Boolean)).toEqual(points);
  });
});

describe('a package database', () => {
  it('that ends in the middle of an entry makes the inventory partial', async () => {
    const cut = `${STATUS}Package: b\nStatus: install ok installed\nArchitecture: all\nVersion: 1.2`;
    const inventory = await inventoryOf(hostOf({ 'etc/os-release': OS_RELEASE, 'var/lib/dpkg/status': cut }));

    expect(inventory.outcome).toBe('partial');
    expect(inventory.packages.map(({ name }) => name)).toEqual(['a']);
  });

  it('that is missing makes it partial, and one of a host that says nothing of itself as well', async () => {
    expect((await inventoryOf(hostOf({ 'etc/os-release': OS_RELEASE }))).outcome).toBe('partial');
    expect((await inventoryOf(hostOf({ 'var/lib/dpkg/status': STATUS }))).outcome).toBe('partial');
  });

  it('of apk is read with the files that its packages own', async () => {
    const host = hostOf({
      'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.1\n',
      'lib/apk/db/installed':
        'C:Q1x\nP:py3-six\nV:1.16.0-r9\nA:noarch\no:six\nF:usr/lib/python3.12/six.dist-info\nR:METADATA\nZ:Q1y\n\nP:musl\nV:1.2.5-r0\nA:x86_64\no:musl\nF:lib\nR:ld-musl-x86_64.so.1\n\n',
      'usr/lib/python3.12/six.dist-info/METADATA': 'Name: six\nVersion: 1.16.0\n\n',
      'opt/own.dist-info/METADATA': 'Name: own\nVersion: 1.0\n\n',
    });
    const inventory = await inventoryOf(host);

    expect(inventory.outcome).toBe('complete');
    expect(inventory.packages.map(({ name, sourceName }) => [name, sourceName])).toEqual([
      ['musl', 'musl'],
      ['py3-six', 'six'],
      ['own', null],
    ]);
  });
});

describe('the bounds', () => {
  it('leave nothing behind where nobody waits for the result', () => {
    const host = hostOf(DEBIAN_HOST);
    host.cut();

    expect(host.left()).toEqual([]);
  });

  it('cut language packages at 5,000, say so, and fit into several slices', async () => {
    const many = Object.fromEntries(
      Array.from({ length: HOST_PACKAGES_MAX + 1 }, (_, n) => [
        `srv/node_modules/p${(n * 2_654_435_761) % 4_294_967_296}/package.json`,
        `{"name":"p${n}","version":"${(n * 40_503) % 65_536}.0.0"}`,
      ]),
    );
    const host = hostOf({ 'etc/os-release': OS_RELEASE, 'var/lib/dpkg/status': STATUS, ...many });
    const result = await host.run();
    if (result.kind === 'failed') throw new Error(result.message);
    const inventory = await collectSsmCommand(result.base64, signal);

    expect(result.base64.length).toBeGreaterThan(44_000);
    expect(inventory.packages).toHaveLength(HOST_PACKAGES_MAX + 1);
    expect(inventory).toMatchObject({
      outcome: 'partial',
      reason: 'DEEP_INSPECTION_PACKAGE_COLLECTION_LIMIT_EXCEEDED',
    });
  }, 120_000);

  it('end the search when its time is up, and keep the packages of the system', async () => {
    const host = hostOf(DEBIAN_HOST);
    host.program(
      'date',
      'if [ -e "$TMPDIR/asked" ]; then echo 2000000000; else : >"$TMPDIR/asked"; echo 1000000000; fi',
    );
    host.program('find', 'exec sleep 60');
    const inventory = await inventoryOf(host);

    expect(inventory).toMatchObject({ outcome: 'partial', reason: 'DEEP_INSPECTION_COLLECTION_TIME_LIMIT_EXCEEDED' });
    expect(inventory.packages.map(({ name }) => name)).toEqual(['libssl3', 'python3-owned']);
    expect(host.left()).toEqual(['asked']);
  });

  it('tell a find that ends with an error', async () => {
    const host = hostOf(DEBIAN_HOST);
    host.program('find', 'echo "find: unknown predicate" >&2; exit 1');
    const inventory = await inventoryOf(host);

    expect(inventory.outcome).toBe('partial');
    expect(inventory.diagnostics[0]).toMatchObject({ level: 'warning', message: 'find: unknown predicate' });
  });

  it('tell manifests that are too large, and those that are broken', async () => {
    const inventory = await inventoryOf(
      hostOf({
        'etc/os-release': OS_RELEASE,
        'var/lib/dpkg/status': STATUS,
        'srv/node_modules/large/package.json': `{"name":"large","version":"1.0.0",\n"x":"${'y'.repeat(5 * 1024 * 1024)}"}`,
        'srv/node_modules/wide/package.json': `{"name":"wide","version":"1.0.0","x":"${'y'.repeat(70_000)}"}`,
        'srv/node_modules/broken/package.json': '{"name":"broken","version":"1.0.0"',
        'srv/node_modules/empty/package.json': '',
      }),
    );

    expect(inventory.outcome).toBe('partial');
    expect(inventory.packages.map(({ name }) => name)).toEqual(['a']);
    const warnings = inventory.diagnostics.filter(({ level }) => level === 'warning');
    expect(warnings.map(({ path }) => path?.split('/')[2]).sort()).toEqual(['broken', 'empty', 'large', 'wide']);
  });
});
