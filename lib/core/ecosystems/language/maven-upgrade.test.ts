import { expect, it } from 'vitest';
import { linesOf, type UsualWay, upgraded, waysOf } from '../../../testing/upgrade-ways.ts';

it.each<UsualWay>([
  ['org.a:b', 'app/pom.xml', '2.17.1', 'app', null],
  ['org.a:b', 'app/gradle.lockfile', '2.17.1', 'app', 'gradle dependencies --update-locks org.a:b'],
  [
    'org.a:b',
    'app/gradle/verification-metadata.xml',
    '2.17.1',
    'app',
    'gradle --write-verification-metadata sha256 help',
  ],
  ['org.a:b', 'app/gradle/libs.versions.toml', '2.17.1', 'app/gradle', null],
  ['org.a:b', 'app/build.sbt.lock', '2.17.1', 'app', 'sbt dependencyLockWrite'],
  ['org.a:b', 'opt/app.jar', '2.17.1', null, null],
])('%s of %s to %s', (name, path, fixed, folder, command) => {
  expect(linesOf(waysOf('maven', upgraded(name, path), fixed))[0]).toEqual([folder, command]);
});

it("a dependency of one's own is raised where it is named, one of others by a managed version", () => {
  const [own, managed] = waysOf('maven', upgraded('org.a:b', 'a/pom.xml'), '2.17.1') ?? [];
  expect(own?.edit?.text).toBe(
    '<dependency>\n  <groupId>org.a</groupId>\n  <artifactId>b</artifactId>\n  <version>2.17.1</version>\n</dependency>',
  );
  expect(managed?.edit?.text).toMatch(
    /^<dependencyManagement>\n {2}<dependencies>\n {4}<dependency>\n {6}<groupId>org\.a<[\s\S]*<\/dependencyManagement>$/,
  );
  expect(waysOf('maven', upgraded('org.a:b', 'opt/x.jar'), '2.17.1')?.map(({ when }) => when)).toEqual([
    'Where Maven builds x.jar',
    'Where Gradle builds x.jar',
  ]);
  expect(waysOf('maven', upgraded('org.a:b.c', 'libs.versions.toml'), '2')?.[0]?.edit?.text).toBe(
    'b-c = { module = "org.a:b.c", version = "2" }',
  );
});
