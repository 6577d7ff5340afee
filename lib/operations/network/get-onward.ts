import { type Onward, onwardFrom } from '../../core/scan/network/onward.ts';
import { idInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { recentNetwork } from './open-network.ts';
import { visibleExposure } from './visible-exposure.ts';

/** What can be called from the interface that a path leads to: where whoever comes in would go on. */
export const getOnward: Operation<{ readonly id: string }, readonly Onward[]> = {
  name: 'GetOnward',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const finding = await visibleExposure(deps, caller, id);
    const { interfaceId } = finding.network;
    const { solved } = await recentNetwork(deps, finding.accountId, finding.region);
    const from = solved.topology.interfaces.find((one) => one.id === interfaceId);
    return from === undefined ? [] : onwardFrom(solved, from);
  },
};
