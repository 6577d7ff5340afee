import type { EcosystemId } from '../model/package.ts';
import type { Ecosystem } from './ecosystem.ts';
import { npm } from './language/npm.ts';
import { pypi } from './language/pypi.ts';
import { debian } from './os/debian.ts';
import { ubuntu } from './os/ubuntu.ts';

/** Every ecosystem by id. */
export const ecosystems = { debian, ubuntu, npm, pypi } as const satisfies Record<EcosystemId, Ecosystem>;

const byOsvName: ReadonlyMap<string, Ecosystem> = new Map(
  Object.values(ecosystems).map((ecosystem) => [ecosystem.osvName, ecosystem]),
);

/** The descriptor behind an OSV ecosystem, with or without release (`Debian:12`); null for one that is not known. */
export function ecosystemOfOsv(osvEcosystem: string): Ecosystem | null {
  const colon = osvEcosystem.indexOf(':');
  return byOsvName.get(colon === -1 ? osvEcosystem : osvEcosystem.slice(0, colon)) ?? null;
}
