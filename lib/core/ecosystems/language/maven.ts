import { packageKey } from '../../model/ids.ts';
import { javaArchive } from '../../parsers/java-archive.ts';
import { pomXml } from '../../parsers/pom-xml.ts';
import { maven as mavenOrder } from '../../versions/maven.ts';
import type { Ecosystem } from '../ecosystem.ts';

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
  parsers: [javaArchive, pomXml],
  normalizeName: (name) => name,
  advisoryKeys: (pkg) => [packageKey('Maven', pkg.name)],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: () => null,
};
