import { describe, expect, it } from 'vitest';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedText } from '../../testing/shared-data.ts';
import { bitnami } from '../ecosystems/language/bitnami.ts';
import { bitnamiComponents, bitnamiSpdx, parseBitnamiComponents, parseBitnamiSpdx } from './bitnami.ts';
import type { ParseResult, Parser } from './parser.ts';
import { aspnetRuntime, dotnetRuntime, goToolchain, javaRelease, nodeHeader } from './version-files.ts';

const read = (parser: Parser, path: string, text: string): Promise<ParseResult> =>
  parser.parse(path, memoryFileTree({ [path]: text }), { distro: null });
const named = ({ packages }: ParseResult): readonly string[] =>
  packages.map(({ name, version }) => `${name} ${version}`);
const HEADER = '#define NODE_MAJOR_VERSION 20\n#define NODE_MINOR_VERSION 11\r\n#define NODE_PATCH_VERSION 1\n';

describe('version files of unpacked runtimes', () => {
  it.each<[Parser, string, string, readonly string[]]>([
    [javaRelease, 'usr/lib/jvm/temurin-21/release', 'IMPLEMENTOR="x"\nJAVA_VERSION="21.0.4"\n', ['java 21.0.4']],
    [javaRelease, 'opt/jdk8/release', 'JAVA_VERSION="1.8.0_411"\r\n', ['java 8.0.411']],
    [javaRelease, 'opt/java/openjdk/release', 'JAVA_VERSION="1.8.0"\n', ['java 8.0.0']],
    [javaRelease, 'opt/jdk/release', 'JAVA_VERSION=""\n', []],
    [nodeHeader, 'usr/local/include/node/node_version.h', HEADER, ['node 20.11.1']],
    [nodeHeader, 'usr/local/include/node/node_version.h', HEADER.slice(0, 40), []],
    [
      goToolchain,
      'usr/local/go/VERSION',
      'go1.21.5\ntime 2023-11-29T21:21:46Z\n',
      ['toolchain 1.21.5', 'stdlib 1.21.5'],
    ],
    [goToolchain, 'opt/go/VERSION', 'something else', []],
    [
      dotnetRuntime,
      'usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json',
      '{}',
      ['dotnet 8.0.1'],
    ],
    [
      aspnetRuntime,
      'usr/share/dotnet/shared/Microsoft.AspNetCore.App/8.0.1/Microsoft.AspNetCore.App.deps.json',
      '{}',
      ['aspnet-core 8.0.1'],
    ],
  ])('%#: %s', async (parser, path, text, expected) => {
    expect(parser.wants(path, listedFile(path))).toBe(true);
    const result = await read(parser, path, text);
    expect(named(result)).toEqual(expected);
    expect(result.complete).toBe(true);
    expect(result.diagnostics).toHaveLength(expected.length === 0 ? 1 : 0);
  });

  it('other files of the same name are left alone', () => {
    expect(javaRelease.wants('etc/app/release', listedFile('x'))).toBe(false);
    expect(goToolchain.wants('srv/cargo.d/VERSION', listedFile('x'))).toBe(false);
    expect(nodeHeader.wants('src/node_version.h', listedFile('x'))).toBe(false);
  });

  it('read real files', async (ctx) => {
    const at = (path: string): string => sharedText(ctx, `lockfiles/syft/java/jvm-installs/${path}`);

    expect(named(await read(javaRelease, 'jvm/openjdk/release', at('valid-post-jep223/jvm/openjdk/release')))).toEqual([
      'java 21.0.4',
    ]);
    expect(
      named(
        await read(javaRelease, 'jvm/jdk-1.8/release', at('oracle-jdk-se-8/usr/lib/jvm/jdk-1.8-oracle-x64/release')),
      ),
    ).toEqual(['java 8.0.411']);
  });
});

describe('components of Bitnami', () => {
  const PURL = 'pkg:bitnami/postgresql@15.3.0-2?arch=amd64&distro=debian-12';
  const SPDX = JSON.stringify({
    packages: [
      { name: 'postgresql', externalRefs: [{ referenceLocator: 'cpe:2.3:a' }, { referenceLocator: PURL }] },
      { name: 'x' },
    ],
  });

  it('are read from both of its files, with the version that its advisories speak of', () => {
    const components = parseBitnamiComponents('{"postgresql":{"version":"15.3.0-2","type":"NAMI"}}', 'p');

    expect(bitnamiComponents.wants('opt/bitnami/.bitnami_components.json', listedFile('x'))).toBe(true);
    expect(bitnamiSpdx.wants('opt/bitnami/postgresql/.spdx-postgresql.spdx', listedFile('x'))).toBe(true);
    expect(named(components)).toEqual(['postgresql 15.3.0-2']);
    expect(named(parseBitnamiSpdx(SPDX, 'p'))).toEqual(['postgresql 15.3.0-2']);
    expect(components.packages.map((pkg) => bitnami.advisoryVersion(pkg))).toEqual(['15.3.0']);
  });

  it('are read from real documents', (ctx) => {
    const at = (path: string): ParseResult =>
      parseBitnamiSpdx(sharedText(ctx, `sboms/anchore-syft/syft/pkg/cataloger/bitnami/${path}`), 'p');

    expect(at('json/opt/bitnami/postgresql/.spdx-postgresql.spdx').packages).toHaveLength(16);
    expect(named(at('tag-value/opt/bitnami/redis/.spdx-apache.spdx'))).toEqual(['redis 7.4.1-0']);
    expect(named(at('mix/opt/bitnami/render-template/.spdx-render-template.spdx'))).toEqual([
      'render-template 1.0.7-4',
    ]);
    expect(at('invalid/opt/bitnami/redis/.spdx-redis.spdx').diagnostics).toHaveLength(1);
  });

  it.each(['', '[]', '{"packages":3}', '{"packages":[null,{"externalRefs":[null,{}]}]}'])(
    'hostile text %# names none',
    (text) => {
      for (const parse of [parseBitnamiComponents, parseBitnamiSpdx]) {
        const result = parse(text, 'p');
        expect(result.packages).toEqual([]);
        expect(result.diagnostics).toHaveLength(1);
      }
    },
  );
});
