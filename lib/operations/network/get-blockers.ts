import { AppError } from '../../core/model/app-error.ts';
import { type Blocker, blockersOf } from '../../core/scan/network/why-not.ts';
import { idInput, parseInput } from '../console/input.ts';
import { visibleEstate } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';
import { recentNetwork } from './open-network.ts';

/** What keeps the internet from each interface of an instance, directly and over IPv4. */
interface InterfaceBlockers {
  readonly interfaceId: string;
  readonly blockers: readonly Blocker[];
}

/** Why the internet does not reach an instance directly, and what would have to change, on its network as it was last read. */
export const getBlockers: Operation<{ readonly id: string }, readonly InterfaceBlockers[]> = {
  name: 'GetBlockers',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const resource = await deps.reads.resource(visibleEstate(caller), id, deps.clock.now());
    if (resource?.cloud?.kind !== 'ec2') {
      throw new AppError('not-found', 'There is no such instance, or you may not see it.');
    }
    const { instanceId } = resource.cloud;
    const { solved } = await recentNetwork(deps, resource.accountId, resource.region);
    return solved.topology.interfaces
      .filter((one) => one.instanceId === instanceId)
      .map((one) => ({
        interfaceId: one.id,
        blockers: blockersOf(solved.view, one, { family: 'ipv4', protocol: 'tcp' }),
      }));
  },
};
