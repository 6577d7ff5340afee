import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  type BuiltSection,
  buildElf,
  buildMachO,
  buildPe,
  goBuildInfo,
  LOAD_ADDRESS,
} from '../../testing/executable-builder.ts';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { executable } from './executable.ts';
import { goRelease } from './go-packages.ts';
import type { ParseResult } from './parser.ts';

const MODULES = [
  'path\texample.com/tool',
  'mod\texample.com/tool\t(devel)\t',
  'dep\tgithub.com/a/b\tv1.0.0\th1:x=',
  'dep\tgithub.com/c/d\tv1.0.0',
  '=>\tgithub.com/fork/d\tv1.2.0\th1:y=',
  'dep\tgithub.com/e/f\tv1.0.0',
  '=>\t../f\t(devel)\t',
  'build\t-compiler=gc',
].join('\n');
const GO_SECTION = { name: '.go.buildinfo', content: goBuildInfo('go1.20.4', MODULES) };
const EXPECTED = ['stdlib 1.20.4', 'github.com/a/b v1.0.0', 'github.com/fork/d v1.2.0'];

const read = (bytes: Uint8Array, path = 'usr/local/bin/tool'): Promise<ParseResult> =>
  executable.parse(path, memoryFileTree({ [path]: bytes }), { distro: null });
const named = ({ packages }: ParseResult): readonly string[] =>
  packages.map(({ name, version, confidence }) =>
    [name, version, confidence].filter((part) => part !== undefined).join(' '),
  );
const text = (content: string): BuiltSection => ({ name: '.rodata', content: Buffer.from(content, 'latin1') });

describe('executables', () => {
  it.each([
    ['usr/bin/tool', true, true],
    ['usr/bin/tool', false, false],
    ['usr/bin/script.sh', true, false],
    ['srv/app/data.json', true, false],
    ['opt/kubectl-v1.28.3', true, true],
    ['opt/tool.linux', true, true],
    ['var/task/bootstrap', false, true],
    ['app/tool.exe', false, true],
    ['usr/lib/libssl.so.3', false, true],
    ['usr/local/bin/python3.12', false, true],
    ['usr/local/bin/node', false, true],
  ])('%s, executable %s: %s', (path, isExecutable, wanted) => {
    expect(executable.wants(path, listedFile(path, { isExecutable }))).toBe(wanted);
  });

  it('anything else is passed over in silence', async () => {
    for (const bytes of [
      Buffer.from('#!/bin/sh\n'),
      new Uint8Array(0),
      new Uint8Array(100),
      Buffer.from('MZ'.padEnd(64, '\0')),
    ]) {
      expect(await read(bytes)).toEqual({ packages: [], diagnostics: [], complete: true });
    }
  });
});

describe('programs of Go', () => {
  it.each([
    ['ELF of 64 bits', buildElf([text('x'), GO_SECTION])],
    ['ELF of 32 bits', buildElf([GO_SECTION], { isWide: false })],
    ['ELF with the big end first', buildElf([GO_SECTION], { isBigEndian: true })],
    ['ELF of 32 bits with the big end first', buildElf([GO_SECTION], { isWide: false, isBigEndian: true })],
    ['ELF without names of sections', buildElf([text('x'), GO_SECTION], { isStripped: true })],
    ['PE', buildPe([{ ...GO_SECTION, name: '.data' }])],
    ['Mach-O', buildMachO([{ ...GO_SECTION, name: '__go_buildinfo' }])],
  ])('name their modules and the standard library: %s', async (_name, bytes) => {
    const result = await read(bytes);

    expect(named(result)).toEqual(EXPECTED);
    expect(result.packages[1]).toMatchObject({ purl: 'pkg:golang/github.com/a/b@v1.0.0', packageManager: 'GOBINARY' });
    expect(result.diagnostics.map(({ message }) => message)).toEqual([
      'The program itself, example.com/tool, carries no version.',
      'A module of the build machine, ../f, carries no version.',
    ]);
  });

  it.each([
    [8, false],
    [8, true],
    [4, false],
    [4, true],
  ])('before Go 1.18 are read by addresses of %i bytes, big end first: %s', async (size, isBigEndian) => {
    const content = Buffer.alloc(32 + 4 * size + 16 + 512);
    const view = new DataView(content.buffer, content.byteOffset, content.length);
    const word = (at: number, value: number): void =>
      size === 8 ? view.setBigUint64(at, BigInt(value), !isBigEndian) : view.setUint32(at, value, !isBigEndian);
    const framed = `${'<'.repeat(16)}${MODULES}\n${'>'.repeat(16)}`;
    // The only section of the file starts at the first place behind the header that is aligned.
    const base = LOAD_ADDRESS + 64;
    const strings = 32 + 4 * size;
    content.write('\xff Go buildinf:', 'latin1');
    content.set([size, isBigEndian ? 1 : 0], 14);
    word(16, base + 32);
    word(16 + size, base + 32 + 2 * size);
    word(32, base + strings);
    word(32 + size, 8);
    word(32 + 2 * size, base + strings + 16);
    word(32 + 3 * size, framed.length);
    content.write('go1.13.1', strings);
    content.write(framed, strings + 16);
    const bytes = buildElf([{ name: '.go.buildinfo', content }], { isWide: size === 8, isBigEndian });

    expect(named(await read(bytes))).toEqual(['stdlib 1.13.1', 'github.com/a/b v1.0.0', 'github.com/fork/d v1.2.0']);
  });

  it('take the version of the program from the linker where only one was written', async () => {
    const withFlags = (flags: string): Uint8Array =>
      buildElf([
        { ...GO_SECTION, content: goBuildInfo('go1.22.1', `mod\ta.b/c\t(devel)\nbuild\t-ldflags="${flags}"`) },
      ]);

    expect(named(await read(withFlags('-s -w -X main.version=1.2.3 -X a.b/c.commit=9.9.9')))).toEqual([
      'stdlib 1.22.1',
      'a.b/c v1.2.3 medium',
    ]);
    expect(named(await read(withFlags("-X 'k8s.io/version.gitVersion=v1.28.3'")))).toContain('a.b/c v1.28.3 medium');
    expect(named(await read(withFlags('-X main.version=1.2.3 -X x.libVersion=2.0.0')))).toEqual(['stdlib 1.22.1']);
  });

  it.each([
    ['go1.20.4', '1.20.4'],
    ['go1.21', '1.21'],
    ['go1.21rc2', '1.21rc2'],
    ['go1.21.3 X:boringcrypto', '1.21.3'],
    ['go1.20.12 (Red Hat 1.20.12-1.el8)', '1.20.12'],
    ['go1.21.3-google', '1.21.3'],
    ['devel go1.22-abc', null],
    ['go1.2.3.4', null],
    ['', null],
  ])('the release of "%s" is %s', (version, release) => {
    expect(goRelease(version)).toBe(release);
  });
});

describe('programs of Rust', () => {
  const audited = (packages: unknown, name = '.dep-v0'): BuiltSection => ({
    name,
    content: deflateSync(JSON.stringify({ packages })),
  });
  const CRATES = [
    { name: 'app', version: '0.1.0', source: 'local', root: true },
    { name: 'serde', version: '1.0.1', source: 'crates.io' },
    { name: 'cc', version: '1.0.2', source: 'crates.io', kind: 'build' },
    { name: 'forked', version: '2.0.0', source: 'git' },
    { name: 3, version: null },
    null,
  ];

  it.each([
    ['ELF', buildElf([audited(CRATES)])],
    ['PE', buildPe([audited(CRATES)])],
    ['Mach-O', buildMachO([audited(CRATES)])],
  ])('name the crates that cargo-auditable listed: %s', async (_name, bytes) => {
    expect(named(await read(bytes))).toEqual(['serde 1.0.1', 'forked 2.0.0']);
  });

  it.each([
    ['no zlib', { name: '.dep-v0', content: Buffer.from('xx') }],
    ['no list', audited('x')],
    ['a bomb', { name: '.dep-v0', content: deflateSync(Buffer.alloc(64 * 1024 * 1024)) }],
    ['too many crates', audited(Array.from({ length: 50_001 }, () => ({ name: 'a', version: '1' })))],
  ])('with %s are incomplete', async (_name, section) => {
    expect(await read(buildElf([section]))).toMatchObject({ packages: [], complete: false });
  });
});

describe('programs that belong to no package', () => {
  it.each([
    ['node', 'https://nodejs.org/download/release/v20.20.2/node-v20.20.2.tar.gz', 'node 20.20.2 medium'],
    ['python3.11', '\x003.11.2\x00', 'python 3.11.2 medium'],
    ['libpython3.12.so.1.0', '\x003.12.0rc2\x00', 'python 3.12.0rc2 medium'],
    ['openssl', 'OpenSSL 3.0.22 25 Aug 2026', 'openssl 3.0.22 medium'],
    ['libcrypto.so.1.1', 'OpenSSL 1.1.1w  11 Sep 2023', 'openssl 1.1.1w medium'],
    ['libssl.so.10', 'OpenSSL 1.0.2k-fips  26 Jan 2017', 'openssl 1.0.2k medium'],
    ['nginx', 'nginx version: nginx/1.22.1', 'nginx 1.22.1 medium'],
    ['busybox', 'BusyBox v1.36.1 (2024-01-01)', 'busybox 1.36.1 medium'],
    ['httpd', 'Apache/2.4.58 (Unix)', 'apache 2.4.58 medium'],
    ['haproxy', 'HAProxy version 2.6.12-1+deb12u4, released 2026/10/17', 'haproxy 2.6.12 medium'],
    ['postgres', 'postgres (PostgreSQL) 15.20 (Debian)', 'postgresql 15.20 medium'],
    ['mariadbd', '\x0010.11.19-MariaDB\x00', 'mariadb 10.11.19 medium'],
    ['php', 'X-Powered-By: PHP/8.2.36\0', 'php 8.2.36 medium'],
    ['ruby', '\0ruby 3.1.2p20 (2022-04-12 revision', 'ruby 3.1.2 medium'],
    ['bash', '@(#)Bash version 5.2.15(1) release GNU', 'bash 5.2.15 medium'],
    ['git', '\xffgit/2.39.5\0', 'git 2.39.5 medium'],
    ['redis-server', '\x007.0.15\x00', 'redis 7.0.15 low'],
  ])('%s is known by a text in it', async (name, content, expected) => {
    const result = await read(
      buildElf([text(`${'noise\0'.repeat(50)}${content}${'\0noise'.repeat(50)}`)]),
      `opt/${name}`,
    );

    expect(named(result)).toEqual([expected]);
    expect(result.diagnostics).toMatchObject([{ level: 'info', message: expect.stringContaining('by the text "') }]);
  });

  it('a text in another program, or a number that goes on, tells nothing', async () => {
    expect(named(await read(buildElf([text('nginx version: nginx/1.22.1')]), 'opt/tool'))).toEqual([]);
    expect(named(await read(buildElf([text('Apache/2.4.58.1')]), 'opt/httpd'))).toEqual([]);
    expect(named(await read(buildElf([text('\x003.10.2\x00')]), 'opt/python3.11'))).toEqual([]);
    expect(named(await read(Buffer.from('OpenSSL 3.0.22 25 Aug 2026'.padEnd(100)), 'opt/openssl'))).toEqual([]);
  });

  it('a text across two windows is found', async () => {
    const window = 4 * 1024 * 1024;
    for (const shift of [-30, -10, 0]) {
      const content = Buffer.alloc(window + 1000);
      content.write('nginx version: nginx/1.22.1', window + shift);
      expect(named(await read(buildElf([{ name: '.rodata', content }]), 'opt/nginx'))).toEqual(['nginx 1.22.1 medium']);
    }
  });

  it('a file packed by UPX says so', async () => {
    const result = await read(buildElf([{ name: 'UPX0', content: Buffer.from('UPX!') }]));

    expect(result.diagnostics).toMatchObject([{ message: expect.stringContaining('UPX') }]);
  });
});

describe('hostile executables', () => {
  const whole = buildElf([GO_SECTION, text('nginx version: nginx/1.22.1')]);

  it('cut off anywhere never throw', async () => {
    for (const bytes of [
      whole,
      buildPe([{ ...GO_SECTION, name: '.data' }]),
      buildMachO([{ ...GO_SECTION, name: '__go_buildinfo' }]),
    ]) {
      for (let length = 0; length < bytes.length; length += 7) {
        expect(await read(bytes.subarray(0, length), 'opt/nginx')).toHaveProperty('complete');
      }
    }
  });

  it('with any byte wrong never throw', async () => {
    for (const bytes of [
      whole,
      buildPe([{ ...GO_SECTION, name: '.data' }]),
      buildMachO([{ ...GO_SECTION, name: '__go_buildinfo' }]),
    ]) {
      for (let at = 0; at < bytes.length; at += 1) {
        const broken = bytes.slice();
        broken[at] = 0xff;
        expect(await read(broken, 'opt/nginx')).toHaveProperty('complete');
      }
    }
  });

  it('that repeat what stands before a version cost time by their size alone', async () => {
    const content = Buffer.alloc(32 * 1024 * 1024, 'Apache/1.', 'latin1');
    const start = performance.now();

    expect(named(await read(buildElf([{ name: '.rodata', content }]), 'opt/httpd'))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('with lengths beyond all bounds are none of Go', async () => {
    const content = Buffer.from(goBuildInfo('go1.20.4', ''));
    content.fill(0xff, 32);

    expect(await read(buildElf([{ name: '.go.buildinfo', content }]))).toMatchObject({ packages: [] });
  });
});
