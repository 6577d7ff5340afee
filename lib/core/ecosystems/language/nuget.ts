import { packageKey } from '../../model/ids.ts';
import { nuget as nugetOrder } from '../../versions/nuget.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { shellLine } from '../shell-line.ts';

/** NuGet. Names are compared without regard to case. */
export const nuget: Ecosystem = {
  id: 'nuget',
  displayName: 'NuGet',
  family: 'language',
  purlType: 'nuget',
  purlNamespaces: [],
  osvName: 'NuGet',
  versions: nugetOrder,
  parsers: [],
  normalizeName,
  advisoryKeys: (pkg) => [packageKey('NuGet', normalizeName(pkg.name))],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  upgradeCommand: (pkg, fixedVersion) => shellLine('dotnet', 'add', 'package', pkg.name, '--version', fixedVersion),
};

function normalizeName(name: string): string {
  return name.toLowerCase();
}
