import { packageKey } from '../../model/ids.ts';
import { gradleCatalog, gradleLockfile, gradleVerification, sbtLock } from '../../parsers/gradle.ts';
import { javaArchive } from '../../parsers/java-archive.ts';
import { pomXml } from '../../parsers/pom-xml.ts';
import { maven as mavenOrder } from '../../versions/maven.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { MAVEN_NAME, mavenUpgrades } from './maven-upgrade.ts';

/** Maven. Names are `group:artifact`, as the coordinates have them. */
export const maven: Ecosystem = {
  id: 'maven',
  displayName: 'Maven',
  family: 'language',
  purlType: 'maven',
  purlNamespaces: [],
  nameSeparator: ':',
  osvName: 'Maven',
  versions: mavenOrder,
  parsers: [javaArchive, pomXml, gradleLockfile, gradleVerification, gradleCatalog, sbtLock],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Maven', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: MAVEN_NAME,
  upgrades: mavenUpgrades,
};
