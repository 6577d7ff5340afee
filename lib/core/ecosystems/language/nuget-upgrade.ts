import { shellLine } from '../../model/shell-line.ts';
import { besideFile, fileOf, type UpgradedPackage, type UpgradeWay } from '../upgrade-way.ts';

/** Ids of NuGet. */
export const NUGET_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** By the file that names the package; the .NET command writes the reference into the project. */
export function nugetUpgrades({ name, path }: UpgradedPackage, fixedVersion: string): readonly UpgradeWay[] {
  // A runtime comes with the SDK or the base image, and not by a reference of a project.
  if (/\.App\.Runtime\./.test(name)) return [];
  const file = fileOf(path);
  const line = (...words: readonly string[]) => besideFile(path, { command: shellLine(...words) });
  const added = ['package', name, '--version', fixedVersion];
  if (/^packages(?:\.[^/]+)?\.config$/i.test(file)) {
    return [line('nuget', 'update', file, '-Id', name, '-Version', fixedVersion)];
  }
  if (file === 'paket.lock') return [line('paket', 'update', name, '--version', fixedVersion)];
  if (/proj$/.test(file)) return [line('dotnet', 'add', file, ...added)];
  if (file.endsWith('.props')) {
    return [
      besideFile(path, { edit: { file, text: `<PackageVersion Include="${name}" Version="${fixedVersion}" />` } }),
    ];
  }
  const way = line('dotnet', 'add', ...added);
  if (file.endsWith('.deps.json')) return [{ ...way, folder: null, when: `In the project that builds ${file}` }];
  return [file === 'project.assets.json' ? { ...way, folder: path.replace(/(?:^|\/)obj\/[^/]*$/, '') || '.' } : way];
}
