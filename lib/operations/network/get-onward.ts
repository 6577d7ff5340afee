import { AppError } from '../../core/model/app-error.ts';
import { type Onward, onwardFrom } from '../../core/scan/network/onward.ts';
import { idInput, parseInput } from '../console/input.ts';
import { visibleEstate } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';
import { recentNetwork } from './open-network.ts';

/** What can be called from the interface that a path leads to: where whoever comes in would go on. */
export const getOnward: Operation<{ readonly id: string }, readonly Onward[]> = {
  name: 'GetOnward',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const finding = await deps.reads.finding(visibleEstate(caller), id);
    if (finding === null || finding.network === null) {
      throw new AppError('not-found', 'There is no such exposure, or you may not see it.');
    }
    const { interfaceId } = finding.network;
    const { solved } = await recentNetwork(deps, finding.accountId, finding.region);
    const from = solved.topology.interfaces.find((one) => one.id === interfaceId);
    return from === undefined ? [] : onwardFrom(solved, from);
  },
};
