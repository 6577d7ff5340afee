// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Maven writes its properties this way.
import { describe, expect, it } from 'vitest';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedText } from '../../testing/shared-data.ts';
import type { ParseResult } from './parser.ts';
import { interpolate, pomCoordinates } from './pom-model.ts';
import { pomXml } from './pom-xml.ts';

const dependency = (artifact: string, version: string, rest = ''): string =>
  `<dependency><groupId>g</groupId><artifactId>${artifact}</artifactId><version>${version}</version>${rest}</dependency>`;
const project = (body: string): string =>
  `<?xml version="1.0"?><project xmlns="http://maven.apache.org/POM/4.0.0">${body}</project>`;
const read = (files: Readonly<Record<string, string>>, path = 'app/pom.xml'): Promise<ParseResult> =>
  pomXml.parse(path, memoryFileTree(files), { distro: null });
const named = ({ packages }: ParseResult): readonly string[] =>
  packages.map(({ name, version }) => `${name} ${version}`);

describe('a pom of a source tree', () => {
  it('is wanted outside of archives alone', () => {
    expect(
      ['pom.xml', 'a/pom.xml', 'a/META-INF/maven/g/a/pom.xml', 'a/src/test/resources/b/pom.xml', 'xpom.xml'].map(
        (path) => pomXml.wants(path, listedFile(path)),
      ),
    ).toEqual([true, true, false, false, false]);
  });

  it('yields what it names at an exact version, tests included', async () => {
    const result = await read({
      'app/pom.xml': project(
        `<properties><a.version>1</a.version><b>\${a.version}.2</b></properties><dependencies>${dependency('a', '${a.version}')}${dependency('b', '${b}', '<scope>test</scope>')}${dependency('c', '[3]')}</dependencies>`,
      ),
    });

    expect(named(result)).toEqual(['g:a 1', 'g:b 1.2', 'g:c 3']);
    expect(result.packages[0]).toMatchObject({ purl: 'pkg:maven/g/a@1', packageManager: 'POM', path: 'app/pom.xml' });
  });

  it('names what no file of the tree settles', async () => {
    const result = await read({
      'app/pom.xml': project(
        `<dependencies>${dependency('a', '${none}')}${dependency('b', '[1,2)')}${dependency('c', 'LATEST')}${dependency('d', '4')}</dependencies>`,
      ),
    });

    expect(named(result)).toEqual(['g:d 4']);
    expect(result).toMatchObject({ complete: true });
    expect(result.diagnostics[0]?.message).toBe(
      'The version of 3 dependencies is not settled by files of this tree: g:a ${none}, g:b [1,2), g:c LATEST.',
    );
  });

  it('takes properties and managed versions from its parents, and bills of material from their modules', async () => {
    const result = await read({
      'pom.xml': project(
        `<groupId>p</groupId><artifactId>root</artifactId><version>7</version><modules><module>bom</module><module>app</module></modules><properties><x>9</x></properties><dependencyManagement><dependencies>${dependency('b', '${x}')}<dependency><groupId>\${project.groupId}</groupId><artifactId>bom</artifactId><version>7</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement>`,
      ),
      'bom/pom.xml': project(
        `<parent><groupId>p</groupId><artifactId>root</artifactId></parent><artifactId>bom</artifactId><dependencyManagement><dependencies>${dependency('c', '5')}</dependencies></dependencyManagement>`,
      ),
      'app/pom.xml': project(
        `<parent><groupId>p</groupId><artifactId>root</artifactId><version>7</version></parent><artifactId>app</artifactId><dependencies>${dependency('a', '${x}')}${dependency('b', '')}${dependency('c', '')}${dependency('d', '${project.version}')}</dependencies>`,
      ),
    });

    expect(named(result)).toEqual(['g:a 9', 'g:b 9', 'g:c 5', 'g:d 7']);
  });

  it('reads real poms', async (ctx) => {
    const alone = async (path: string): Promise<readonly string[]> =>
      named(await read({ 'app/pom.xml': sharedText(ctx, `lockfiles/${path}`) }));
    expect(await alone('osv-scalibr/java/pomxml/two-packages.xml')).toEqual([
      'io.netty:netty-all 4.1.42.Final',
      'org.slf4j:slf4j-log4j12 1.7.25',
    ]);
    expect(await alone('osv-scalibr/java/pomxml/interpolation.xml')).toEqual([
      'org.mine:mypackage 1.0.0',
      'org.mine:my.package 2.3.4',
    ]);
    expect(await alone('osv-scalibr/java/pomxml/encoding.xml')).toEqual(['junit:junit 4.12']);
    expect(await alone('syft/java/pom/commons-codec.pom.xml')).toEqual([
      'junit:junit 4.12',
      'org.apache.commons:commons-lang3 3.5',
    ]);
    const folder = 'lockfiles/trivy-parsers/java/pom';
    const real = async (...paths: readonly string[]): Promise<ParseResult> => {
      const files = Object.fromEntries(paths.map((path) => [path, sharedText(ctx, `${folder}/${path}`)]));
      return read(files, paths[0]);
    };
    expect(named(await real('parent-relative-path/pom.xml', 'parent-relative-path/parent/pom.xml'))).toEqual([
      'org.example:example-api 1.7.30',
    ]);
    expect(named(await real('parent-version-is-property/child/pom.xml', 'parent-version-is-property/pom.xml'))).toEqual(
      ['org.example:example-api 1.1.1'],
    );
    expect(named(await real('no-parent-infinity-loop/pom.xml', 'no-parent-infinity-loop/parent/pom.xml'))).toEqual([]);
    expect((await real('version-requirement/pom.xml')).diagnostics).toHaveLength(1);
    expect(
      (await read({ 'app/pom.xml': sharedText(ctx, 'lockfiles/syft/java/pom/commons-text-1.10.0/pom.xml') })).packages,
    ).toHaveLength(9);
    expect((await read({ 'app/pom.xml': sharedText(ctx, 'lockfiles/syft/java/corrupt/pom.xml') })).complete).toBe(
      false,
    );
  });
});

describe('a hostile pom', () => {
  it.each([
    [
      'entities that grow',
      `<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${project(`<dependencies>${dependency('&b;', '1')}</dependencies>`)}`,
    ],
    [
      'an outer file',
      `<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>${project(`<dependencies>${dependency('&a;', '1')}</dependencies>`)}`,
    ],
    ['a cut', project('<dependencies>').slice(0, 60)],
    ['depth', '<a>'.repeat(100_000)],
    ['nothing', ''],
    ['noise', '\0\xff<<<&&&>>>'],
  ])('with %s is refused', async (_name, text) => {
    expect(await read({ 'app/pom.xml': text })).toMatchObject({ packages: [], complete: false });
  });

  it('whose properties run in circles or grow without end is left unresolved', async () => {
    const properties = '<a>${b}</a><b>${a}</b><c>${c}${c}${c}${c}</c><__proto__>1</__proto__>';
    const result = await read({
      'app/pom.xml': project(
        `<properties>${properties}</properties><dependencies>${dependency('x', '${a}')}${dependency('y', '${c}')}${dependency('z', '${constructor}')}</dependencies>`,
      ),
    });

    expect(result.packages).toEqual([]);
    expect(interpolate('${a}'.repeat(100_000), (name) => (name === 'a' ? '${a}${a}' : undefined)).length).toBeLessThan(
      1_000_000,
    );
  });

  it('whose parents run in circles or out of the tree ends', async () => {
    const parent = (path: string): string =>
      `<parent><groupId>g</groupId><artifactId>app</artifactId><relativePath>${path}</relativePath></parent><artifactId>app</artifactId>`;
    const loop = project(`${parent('pom.xml')}<dependencies>${dependency('a', '1')}</dependencies>`);
    const outside = project(`${parent('../../../etc/pom.xml')}<dependencies>${dependency('a', '1')}</dependencies>`);

    expect(named(await read({ 'app/pom.xml': loop }))).toEqual(['g:a 1']);
    expect(named(await read({ 'app/pom.xml': outside }))).toEqual(['g:a 1']);
  });

  it('of twenty thousand dependencies is read in time', async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => dependency(`a${n}`, '1')).join('');
    const start = performance.now();

    expect((await read({ 'app/pom.xml': project(`<dependencies>${many}</dependencies>`) })).packages).toHaveLength(
      20_000,
    );
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('tells its own coordinates or none', () => {
    expect(
      pomCoordinates(
        project(
          '<groupId>g</groupId><artifactId>a</artifactId><version>${revision}</version><properties><revision>2</revision></properties>',
        ),
      ),
    ).toEqual({ group: 'g', artifact: 'a', version: '2' });
    expect(pomCoordinates(project('<artifactId>a</artifactId>'))).toBeNull();
  });
});
