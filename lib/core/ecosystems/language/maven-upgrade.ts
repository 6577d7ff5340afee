import { shellLine } from '../../model/shell-line.ts';
import { besideFile, fileOf, type UpgradedPackage, type UpgradeWay } from '../upgrade-way.ts';

/** `group:artifact`. */
export const MAVEN_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*:[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** A build file is changed by hand: no command of Maven or Gradle sets one dependency to a version. */
export function mavenUpgrades({ name, path }: UpgradedPackage, fixedVersion: string): readonly UpgradeWay[] {
  const [group = '', artifact = ''] = name.split(':');
  const file = fileOf(path);
  const module = `${name}:${fixedVersion}`;
  const constraint = { file: 'build.gradle', text: `dependencies { constraints { implementation("${module}") } }` };
  if (file === 'pom.xml') {
    return [
      besideFile(path, { edit: { file, text: dependency(group, artifact, fixedVersion) } }),
      besideFile(path, {
        when: 'Where nothing but other packages asks for it',
        edit: { file, text: managed(group, artifact, fixedVersion) },
      }),
    ];
  }
  if (file.endsWith('.versions.toml')) {
    const text = `${artifact.replaceAll('.', '-')} = { module = "${name}", version = "${fixedVersion}" }`;
    return [besideFile(path, { edit: { file, text } })];
  }
  if (file === 'build.sbt.lock') {
    const text = `dependencyOverrides += "${group}" % "${artifact}" % "${fixedVersion}"`;
    return [besideFile(path, { edit: { file: 'build.sbt', text }, command: 'sbt dependencyLockWrite' })];
  }
  if (file === 'verification-metadata.xml') {
    const command = 'gradle --write-verification-metadata sha256 help';
    return [{ ...besideFile(path, { edit: constraint, command }), folder: above(path) }];
  }
  if (file.endsWith('.lockfile')) {
    const command = shellLine('gradle', 'dependencies', '--update-locks', name);
    const way = besideFile(path, { edit: constraint, command });
    return [file === 'gradle.lockfile' ? way : { ...way, folder: null }];
  }
  const place = (tool: string): string => `Where ${tool} builds ${file}`;
  return [
    {
      ...besideFile(path, { edit: { file: 'pom.xml', text: managed(group, artifact, fixedVersion) } }),
      folder: null,
      when: place('Maven'),
    },
    { ...besideFile(path, { edit: constraint }), folder: null, when: place('Gradle') },
  ];
}

/** The folder above that of a file. */
function above(path: string): string {
  return besideFile(besideFile(path, {}).folder ?? '', {}).folder ?? '.';
}

/** A managed version counts for what other dependencies bring, and for one's own that names no version. */
function managed(group: string, artifact: string, version: string): string {
  const inner = dependency(group, artifact, version).replaceAll(/^/gm, '    ');
  return `<dependencyManagement>\n  <dependencies>\n${inner}\n  </dependencies>\n</dependencyManagement>`;
}

function dependency(group: string, artifact: string, version: string): string {
  return [
    '<dependency>',
    `  <groupId>${group}</groupId>`,
    `  <artifactId>${artifact}</artifactId>`,
    `  <version>${version}</version>`,
    '</dependency>',
  ].join('\n');
}
