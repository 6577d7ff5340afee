import type { Ecosystem } from '../core/ecosystems/ecosystem.ts';
import { ecosystems } from '../core/ecosystems/registry.ts';
import { type UpgradedPackage, type UpgradeWay, upgradesOf } from '../core/ecosystems/upgrade-way.ts';
import type { EcosystemId } from '../core/model/package.ts';

/** Version 1.0.0 of a package in a file. */
export function upgraded(name: string, path: string, more: Partial<UpgradedPackage> = {}): UpgradedPackage {
  return { name, version: '1.0.0', purl: `pkg:x/${name}@1.0.0`, path, ...more };
}

export function waysOf(id: EcosystemId, subject: UpgradedPackage, fixed: string, also: readonly string[] = []) {
  return upgradesOf(ecosystems[id] as Ecosystem, subject, fixed, also);
}

/** The folder and the command of each way. */
export function linesOf(ways: readonly UpgradeWay[] | null): readonly (readonly [string | null, string | null])[] {
  return (ways ?? []).map(({ folder, command }) => [folder, command]);
}

/** Name, file, fixed version, and the folder and command of the usual way. */
export type UsualWay = readonly [string, string, string, string | null, string | null];
