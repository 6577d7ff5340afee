import { packageKey } from '../../model/ids.ts';
import { dotnetDeps } from '../../parsers/dotnet-deps.ts';
import { manifestWithoutLock } from '../../parsers/manifest-without-lock.ts';
import { nugetConfig } from '../../parsers/nuget-config.ts';
import { nugetAssets, nugetLock } from '../../parsers/nuget-lock.ts';
import { nugetProject } from '../../parsers/nuget-project.ts';
import { paketLock } from '../../parsers/paket-lock.ts';
import { nuget as nugetOrder } from '../../versions/nuget.ts';
import type { Ecosystem } from '../ecosystem.ts';
import { NUGET_NAME, nugetUpgrades } from './nuget-upgrade.ts';

/** NuGet. Names are compared without regard to case. */
export const nuget: Ecosystem = {
  id: 'nuget',
  displayName: 'NuGet',
  family: 'language',
  purlType: 'nuget',
  purlNamespaces: [],
  osvName: 'NuGet',
  versions: nugetOrder,
  parsers: [dotnetDeps, nugetLock, nugetAssets, nugetConfig, nugetProject, paketLock, manifestWithoutLock],
  normalizeName,
  advisoryKeys: (pkg) => [packageKey('NuGet', normalizeName(pkg.name))],
  advisoryVersion: (pkg) => pkg.version,
  ownsPath: () => false,
  namePattern: NUGET_NAME,
  upgrades: nugetUpgrades,
};

function normalizeName(name: string): string {
  return name.toLowerCase();
}
