import { describe, expect, it } from 'vitest';
import { listedFile } from '../../testing/memory-file-tree.ts';
import { sharedText } from '../../testing/shared-data.ts';
import {
  gradleCatalog,
  gradleLockfile,
  gradleVerification,
  parseGradleCatalog,
  parseGradleLockfile,
  parseGradleVerification,
  parseSbtLock,
  sbtLock,
} from './gradle.ts';
import type { ParseResult, Parser } from './parser.ts';

const named = ({ packages }: ParseResult): readonly string[] =>
  packages.map(({ name, version }) => `${name} ${version}`);

describe('files of Gradle and sbt', () => {
  it.each<[Parser, string, boolean]>([
    [gradleLockfile, 'a/gradle.lockfile', true],
    [gradleLockfile, 'buildscript-gradle.lockfile', true],
    [gradleLockfile, 'gradle/dependency-locks/compileClasspath.lockfile', true],
    [gradleLockfile, 'my.lockfile', false],
    [gradleVerification, 'a/gradle/verification-metadata.xml', true],
    [gradleVerification, 'verification-metadata.xml', false],
    [gradleCatalog, 'gradle/libs.versions.toml', true],
    [gradleCatalog, 'versions.toml', false],
    [sbtLock, 'build.sbt.lock', true],
  ])('%#: %s', (parser, path, wanted) => {
    expect(parser.wants(path, listedFile(path))).toBe(wanted);
  });

  it('a lock file names modules, and what is no module is missing', () => {
    const text = '# comment\r\na:b:1=x,y\r\n c:d:2.0.RELEASE=z\r\nempty=\r\n';

    expect(parseGradleLockfile(text, 'p')).toMatchObject({
      complete: true,
      packages: [{ purl: 'pkg:maven/a/b@1' }, { name: 'c:d' }],
    });
    expect(parseGradleLockfile(`${text}>>>\na:b\n`, 'p')).toMatchObject({ complete: false, packages: [{}, {}] });
    expect(parseGradleLockfile('empty=\n', 'p')).toMatchObject({ complete: true, diagnostics: [{ level: 'info' }] });
  });

  it('read real files', (ctx) => {
    const at = (path: string): string => sharedText(ctx, `lockfiles/${path}`);

    expect(named(parseGradleLockfile(at('trivy-parsers/gradle/lockfile/happy.lockfile'), 'p'))).toEqual([
      'cglib:cglib-nodep 2.1.2',
      'junit:junit 4.13.2',
      'org.springframework:spring-asm 3.1.3.RELEASE',
      'org.springframework:spring-beans 5.0.5.RELEASE',
    ]);
    expect(parseGradleLockfile(at('osv-scalibr/java/gradlelockfile/5-pkg'), 'p').packages).toHaveLength(5);
    expect(parseGradleLockfile(at('osv-scalibr/java/gradlelockfile/with-bad-pkg'), 'p')).toMatchObject({
      complete: false,
      packages: [{}, {}],
    });
    const verified = (name: string): ParseResult =>
      parseGradleVerification(at(`osv-scalibr/java/gradleverificationmetadataxml/${name}`), 'p');
    expect(named(verified('multi-line.xml'))).toEqual(['org.apache.pdfbox:pdfbox 2.0.17']);
    expect(verified('missing-attribute.xml')).toMatchObject({ complete: false, packages: [] });
    expect(verified('multiple-versions.xml').packages).toHaveLength(18);
    expect(verified('odd-versions.xml').packages).toHaveLength(28);
    expect(verified('not-xml.txt').complete).toBe(false);
    const catalog = parseGradleCatalog(at('osv-scalibr/java/gradleversioncatalog/libs.versions.toml'), 'p');
    expect(named(catalog)).toEqual([
      'com.google.guava:guava 30.1.1-jre',
      'com.puppycrawl.tools:checkstyle 8.37',
      'org.codehaus.groovy:groovy 3.0.5',
      'org.apache.commons:commons-lang3 3.12.0',
      'org.example:strict 2.0',
      'org.example:req 1.5',
      'org.example:pref 1.0',
      'org.codehaus.groovy:groovy-json 3.0.5',
    ]);
    expect(catalog.diagnostics).toMatchObject([{ level: 'info' }]);
    expect(parseGradleCatalog(at('osv-scalibr/java/gradleversioncatalog/invalid.versions.toml'), 'p').complete).toBe(
      false,
    );
    expect(named(parseSbtLock(at('trivy-parsers/sbt/lockfile/v1_happy.sbt.lock'), 'p'))).toContain(
      'org.typelevel:cats-core_2.12 2.9.0',
    );
    expect(parseSbtLock(at('trivy-parsers/sbt/lockfile/empty.sbt.lock'), 'p')).toMatchObject({
      complete: true,
      diagnostics: [{ level: 'info' }],
    });
  });
});

describe('hostile files of Gradle and sbt', () => {
  const PARSERS = [parseGradleLockfile, parseGradleVerification, parseGradleCatalog, parseSbtLock];

  it.each([
    '',
    '\uFEFF',
    '\0',
    'null',
    '[]',
    '{"dependencies":[1,null,{"org":{}}]}',
    '[libraries]\na=1\n__proto__="x"',
    '<a><b>',
  ])('%#: nothing is found and nothing thrown', (text) => {
    for (const parse of PARSERS) {
      const result = parse(text, 'p');
      expect(result.packages).toEqual([]);
      expect(result.diagnostics).toHaveLength(1);
    }
  });

  it('a version that is a prototype name is none', () => {
    expect(parseGradleCatalog('[libraries]\na={module="a:b",version={ref="constructor"}}', 'p').packages).toEqual([]);
  });

  it('a lock file of a million lines is read in time and bounded', () => {
    const text = Array.from({ length: 1_000_000 }, (_, n) => `g:a${n}:1=x`).join('\n');
    const start = performance.now();
    const result = parseGradleLockfile(text, 'p');

    expect(result.packages).toHaveLength(200_000);
    expect(result.complete).toBe(false);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('verification metadata and a catalogue of too many modules say that the rest was not read', () => {
    const list = (one: (n: number) => string): string => Array.from({ length: 200_001 }, (_, n) => one(n)).join('\n');
    const xml = list((n) => `<component group="g" name="a${n}" version="1"/>`);
    const metadata = `<verification-metadata><components>${xml}</components></verification-metadata>`;

    for (const result of [
      parseGradleVerification(metadata, 'p'),
      parseGradleCatalog(`[libraries]\n${list((n) => `a${n}="g:a${n}:1"`)}`, 'p'),
    ]) {
      expect(result.packages).toHaveLength(200_000);
      expect(result).toMatchObject({ complete: false, diagnostics: [{ level: 'warning' }] });
    }
  });
});
