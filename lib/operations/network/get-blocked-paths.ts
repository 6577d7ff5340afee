import { z } from 'zod';
import type { ExposedPath } from '../../core/model/exposure-view.ts';
import type { Scope } from '../../core/model/scope.ts';
import { type BlockedPath, blockedPathsAt } from '../../core/scan/network/blocked.ts';
import { parseInput, scopeInput } from '../console/input.ts';
import { visibleScope } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';
import { recentNetwork } from './open-network.ts';

/** Networks that are looked at: those of the gravest paths. */
const PLACES_MAX = 3;
const SHOWN_MAX = 20;

const schema = z.object({ scope: scopeInput, port: z.string().max(64) });

interface GetBlockedPathsInput {
  readonly scope: Scope;
  /** `NET-22-TCP-INTERNET`. */
  readonly port: string;
}

/** A blocked path with the resource that it would lead to. */
export interface BlockedExposure extends BlockedPath {
  readonly resourceId: string;
  readonly resourceName: string;
  readonly accountId: string;
  readonly region: string;
}

/**
 * Instances beside those that the internet reaches at a port which one thing alone keeps shut, in the networks of the gravest
 * paths: what the next careless change opens.
 */
export const getBlockedPaths: Operation<GetBlockedPathsInput, readonly BlockedExposure[]> = {
  name: 'GetBlockedPaths',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { scope, port }) {
    const visible = await visibleScope(deps, caller, scope);
    const paths = await deps.reads.exposedPaths(visible, port);
    const [first] = paths;
    if (first === undefined || first.network.category !== 'internet') return [];
    const asked = { protocol: first.network.protocol === 'TCP' ? 'tcp' : 'udp', port: first.network.begin } as const;
    const blocked: BlockedExposure[] = [];
    for (const { accountId, region } of placesOf(paths)) {
      if (blocked.length >= SHOWN_MAX) break;
      const { solved, instances } = await recentNetwork(deps, accountId, region);
      const known = new Map(instances.map((one) => [one.instanceId, one]));
      for (const path of blockedPathsAt(solved, asked, SHOWN_MAX - blocked.length)) {
        const instance = known.get(path.instanceId);
        if (instance === undefined) continue;
        blocked.push({ ...path, resourceId: instance.resource, resourceName: instance.name, accountId, region });
      }
    }
    return blocked;
  },
};

function placesOf(paths: readonly ExposedPath[]): readonly Pick<ExposedPath, 'accountId' | 'region'>[] {
  const places = new Map(paths.map(({ accountId, region }) => [`${accountId} ${region}`, { accountId, region }]));
  return [...places.values()].slice(0, PLACES_MAX);
}
