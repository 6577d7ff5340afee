import { z } from 'zod';
import type { NetworkPlace, ReadGroup } from '../../core/model/exposure-view.ts';
import { parseInput } from '../console/input.ts';
import { visibleEstate } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';

const schema = z.object({ accountId: z.string().max(64).nullable(), region: z.string().max(32).nullable() });

interface ListNetworkPlacesInput {
  readonly accountId: string | null;
  readonly region: string | null;
}

/** Networks that a change can be tried on, and the security groups of one of them. */
interface NetworkPlaces {
  readonly places: readonly NetworkPlace[];
  /** That which was asked for, else the first; null where there is none. */
  readonly chosen: NetworkPlace | null;
  readonly groups: readonly ReadGroup[];
}

export const listNetworkPlaces: Operation<ListNetworkPlacesInput, NetworkPlaces> = {
  name: 'ListNetworkPlaces',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { accountId, region }) {
    const places = await deps.reads.networkPlaces(visibleEstate(caller));
    const asked = places.find((one) => one.accountId === accountId && one.region === region);
    const chosen = asked ?? places[0] ?? null;
    const groups = chosen === null ? [] : await deps.reads.groupsAt(chosen.accountId, chosen.region);
    return { places, chosen, groups };
  },
};
