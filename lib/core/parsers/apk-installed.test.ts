import { describe, expect, it } from 'vitest';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedText } from '../../testing/shared-data.ts';
import { apkInstalled, parseApkInstalled } from './apk-installed.ts';

const PATH = 'lib/apk/db/installed';
const alpine = { id: 'alpine', versionId: '3.20.1', codename: null, prettyName: 'Alpine Linux v3.20' };
const musl = `C:Q1bTtF5526tETKfL+lnigzIDvm+2o=
P:musl-utils
V:1.2.5-r1
A:x86_64
T:the musl c library (libc) implementation
o:musl
F:sbin
R:ldconfig
a:0:0:755

`;
const flask = `P:py3-flask
V:3.0.3-r1
A:noarch
o:py3-flask
O:not-the-origin
F:usr/lib/python3.12/site-packages/flask-3.0.3.dist-info
R:METADATA
R:RECORD
F:usr/share
R:x

`;

describe('the package database of apk', () => {
  it('gives each package with its origin, architecture and purl', () => {
    const { packages, complete, diagnostics } = parseApkInstalled(musl + flask, PATH, alpine);

    expect(diagnostics).toEqual([]);
    expect(complete).toBe(true);
    expect(packages).toHaveLength(2);
    expect(packages[0]).toMatchObject({
      ecosystem: 'alpine',
      name: 'musl-utils',
      version: '1.2.5-r1',
      architecture: 'x86_64',
      sourceName: 'musl',
      sourceVersion: '1.2.5-r1',
      purl: 'pkg:apk/alpine/musl-utils@1.2.5-r1?arch=x86_64&distro=alpine-3.20.1',
    });
    expect(packages[1]?.sourceName).toBe('py3-flask');
  });

  it('names the files by which a language would count a package again', () => {
    expect(parseApkInstalled(musl + flask, PATH, alpine).owned).toEqual([
      'sbin/ldconfig',
      'usr/sbin/ldconfig',
      'usr/lib/python3.12/site-packages/flask-3.0.3.dist-info/METADATA',
    ]);
  });

  it.each([
    ['wolfi', 'wolfi'],
    ['chainguard', 'chainguard'],
    ['minimos', 'alpine'],
  ])('calls the packages of %s those of %s', (id, ecosystem) => {
    const [pkg] = parseApkInstalled(musl, PATH, { ...alpine, id }).packages;

    expect(pkg?.ecosystem).toBe(ecosystem);
    expect(pkg?.purl).toContain(`pkg:apk/${id}/`);
  });

  it('keeps what stands before a cut and says that the rest is unknown', () => {
    const cut = parseApkInstalled(musl + flask.slice(0, 18), PATH, alpine);

    expect(cut.packages.map((pkg) => pkg.name)).toEqual(['musl-utils']);
    expect(cut.complete).toBe(false);
    expect(cut.diagnostics[0]?.message).toContain('ends in the middle of an entry');
  });

  it.each(['noise\n\n', 'P:a b\nV:1\n\n', 'P:a\n\n', 'V:1\n\n', `P:${'a'.repeat(300)}\nV:1\n\n`, 'P:a\nV:\0\n\n'])(
    'skips %j, and goes on',
    (bad) => {
      const result = parseApkInstalled(bad + musl, PATH, alpine);

      expect(result.packages.map((pkg) => pkg.name)).toEqual(['musl-utils']);
      expect(result.complete).toBe(false);
      expect(result.diagnostics).toHaveLength(1);
    },
  );

  it.each(['', '\n\n', ' '])('%j is empty, which is not clean', (text) => {
    expect(parseApkInstalled(text, PATH, alpine)).toMatchObject({ packages: [], complete: false });
  });

  it('that is closed is not clean', async () => {
    const tree = memoryFileTree({ [PATH]: musl }, { unreadable: [PATH] });

    expect((await apkInstalled.parse(PATH, tree, { distro: alpine })).complete).toBe(false);
  });

  it('reads lines that end as on Windows', () => {
    expect(parseApkInstalled(musl.replaceAll('\n', '\r\n'), PATH, alpine)).toMatchObject({ complete: true });
  });

  it('reads a million lines in a few seconds', () => {
    const text = `P:a\nV:1\n${'F:usr/lib\nR:METADATA\n'.repeat(250_000)}${'x'.repeat(500_000)}\n\n${'P:b\nV:1\n\n'.repeat(50_000)}`;

    const started = performance.now();
    const result = parseApkInstalled(text, PATH, alpine);

    expect(result.packages).toHaveLength(50_001);
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  it.each([
    ['lib/apk/db/installed', true],
    ['usr/lib/apk/db/installed', true],
    ['srv/lib/apk/db/installed', false],
    ['lib/apk/db/installed.old', false],
  ])('wants %s: %s', (path, wanted) => {
    expect(apkInstalled.wants(path, listedFile(path))).toBe(wanted);
  });

  for (const host of ['alpine-3.14.0', 'alpine-3.20.1', 'alpine-3.20.2', 'alpine-3.3.1']) {
    it(`reads all of ${host}`, (ctx) => {
      const text = sharedText(ctx, `hosts/${host}/${PATH}`);

      const result = parseApkInstalled(text, PATH, alpine);

      expect(result.packages).toHaveLength(text.match(/^P:/gm)?.length ?? 0);
      expect(result.packages.length).toBeGreaterThan(10);
      expect(result).toMatchObject({ complete: true, diagnostics: [] });
    });
  }

  const fixtures: readonly (readonly [string, number, boolean])[] = [
    ['osv-scalibr/apk/installed', 15, false],
    ['osv-scalibr/apk/invalid', 0, false],
    ['osv-scalibr/apk/empty', 0, false],
    ['osv-scalibr/apk/no-origin', 1, false],
    ['syft/alpine/multiple-2/lib/apk/db/installed', 14, true],
    ['syft/alpine/corrupt/lib/apk/db/installed', 1, false],
    ['syft/alpine/glob-paths/lib/apk/db/installed', 0, false],
    ['trivy/apk/apk', 15, false],
  ];
  for (const [fixture, count, complete] of fixtures) {
    it(`finds ${count} packages in ${fixture}`, (ctx) => {
      const result = parseApkInstalled(sharedText(ctx, `hosts/parser-fixtures/${fixture}`), PATH, alpine);

      expect(result.packages).toHaveLength(count);
      expect(result.complete).toBe(complete);
      expect(result.diagnostics.length > 0).toBe(!complete);
    });
  }
});
