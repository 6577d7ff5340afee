import { afterEachOther, shellLine } from '../../model/shell-line.ts';
import { besideFile, fileOf, isPlainVersion, type UpgradedPackage, type UpgradeWay } from '../upgrade-way.ts';

/** Names of gems. */
export const GEM_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** Through Bundler where a lock file names it; else beside the old one, which has to go. */
export function gemUpgrades({ name, version, path }: UpgradedPackage, fixedVersion: string): readonly UpgradeWay[] {
  if (/\.(?:lock|locked)$/.test(path)) {
    const file = fileOf(path)
      .replace(/\.locked$/, '.rb')
      .replace(/\.lock$/, '');
    return [
      besideFile(path, { command: shellLine('bundle', 'update', '--conservative', name) }),
      besideFile(path, {
        when: `Where the ${file} asks for an older one, or does not name it`,
        edit: { file, text: `gem "${name}", ">= ${fixedVersion}"` },
        command: 'bundle install',
      }),
    ];
  }
  const install = shellLine('gem', 'install', name, '--version', fixedVersion);
  // What comes with Ruby itself cannot be removed, and does not load once a newer one is there.
  const isRemovable = isPlainVersion(version) && !path.includes('/specifications/default/');
  const command = isRemovable
    ? afterEachOther(install, shellLine('gem', 'uninstall', name, '--version', version))
    : install;
  return [{ when: null, folder: null, edit: null, command }];
}
