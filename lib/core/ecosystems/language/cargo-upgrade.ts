import { afterEachOther, shellLine } from '../../model/shell-line.ts';
import { besideFile, fileOf, isPlainVersion, type UpgradedPackage, type UpgradeWay } from '../upgrade-way.ts';

/** Names of crates. */
export const CARGO_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** A lock file moves within what Cargo.toml allows; past that, Cargo.toml has to ask for the new version. */
export function cargoUpgrades({ name, version, path }: UpgradedPackage, fixedVersion: string): readonly UpgradeWay[] {
  // More than one version of a crate may be locked: the old one says which is meant.
  const locked = isPlainVersion(version) ? `${name}@${version}` : name;
  const command = isCompatible(version, fixedVersion)
    ? shellLine('cargo', 'update', locked, '--precise', fixedVersion)
    : afterEachOther(shellLine('cargo', 'add', `${name}@${fixedVersion}`), 'cargo check');
  const file = fileOf(path);
  return [
    file === 'Cargo.lock'
      ? besideFile(path, { command })
      : { ...besideFile(path, { command }), folder: null, when: `In the project that builds ${file}` },
  ];
}

/** Cargo takes two versions for compatible when the first number that is not zero is the same. */
function isCompatible(from: string, to: string): boolean {
  const line = (text: string): string => /^(?:0\.0\.[0-9]+|0\.[0-9]+|[0-9]+)/.exec(text)?.[0] ?? text;
  return line(from) === line(to);
}
