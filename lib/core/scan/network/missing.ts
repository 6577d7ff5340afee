import { otherSide } from './hops/peering.ts';
import { unreadBy } from './hops/unread.ts';
import { memo } from './memo.ts';
import type { Category } from './opening.ts';
import type { NetworkInterface, Party } from './topology.ts';
import type { View } from './view.ts';

/** Why a port may be open that is not known to be, and what it depends on. */
export interface Unknown {
  readonly reason: string;
  readonly component: string;
}

/** Something that was not read; `by` is the gateway or the category that it concerns, null for all of them. */
interface MissingPart extends Unknown {
  readonly by: string | Category | null;
}

/** Finds what was not read of that which decides over an interface. */
export class Missing {
  readonly #view: View;
  readonly #ofSubnet = memo<readonly MissingPart[]>();
  readonly #ofGroup = memo<readonly MissingPart[]>();
  readonly #ofVpc = memo<readonly MissingPart[]>();

  constructor(view: View) {
    this.#view = view;
  }

  of(one: NetworkInterface): readonly MissingPart[] {
    const parts = [
      ...this.#subnet(one.subnetId, null),
      ...one.groupIds.flatMap((id) => this.#group(id)),
      ...this.#vpc(one.vpcId),
    ];
    return parts.length < 2 ? parts : distinct(parts);
  }

  #subnet(id: string, by: MissingPart['by']): readonly MissingPart[] {
    const view = this.#view;
    return this.#ofSubnet(`${id} ${by ?? ''}`, () => {
      const part = (what: string): MissingPart => ({ reason: `${what} of ${id} was not read.`, component: id, by });
      if (!view.topology.subnets.has(id)) return [{ reason: `Subnet ${id} was not read.`, component: id, by }];
      const table = view.tableOf(id);
      return [
        ...(table === undefined ? [part('The route table')] : []),
        ...(view.aclOf(id) === undefined ? [part('The network ACL')] : []),
        ...(table?.routes ?? [])
          .filter(({ blocks }) => blocks === null)
          .map(({ text }) => ({
            reason: `The entries of ${text || 'a route'} in ${table?.id} were not read.`,
            component: text || id,
            by,
          })),
      ];
    });
  }

  #group(id: string): readonly MissingPart[] {
    return this.#ofGroup(id, () => {
      const group = this.#view.topology.groups.get(id);
      if (group === undefined) return [{ reason: `Security group ${id} was not read.`, component: id, by: null }];
      return group.ingress.flatMap(({ party }) => this.#party(party, id));
    });
  }

  #party(party: Party, groupId: string): readonly MissingPart[] {
    if (party.kind === 'unreadable') {
      return [{ reason: `A rule of ${groupId} could not be read.`, component: groupId, by: null }];
    }
    const isUnread = party.kind === 'prefix-list' && (this.#view.topology.prefixLists.get(party.id) ?? null) === null;
    if (!isUnread) return [];
    return [{ reason: `The entries of prefix list ${party.id} were not read.`, component: party.id, by: null }];
  }

  /** What the VPC is joined to, and the load balancers in it. */
  #vpc(id: string): readonly MissingPart[] {
    return this.#ofVpc(id, () => [
      ...this.#peers(id),
      ...this.#transits(id),
      ...this.#balancers(id),
      ...unreadBy(this.#view).map(({ list, category }) => ({
        reason: `${list} could not be read: ${this.#view.topology.unread.get(list)}`,
        component: list,
        by: category,
      })),
    ]);
  }

  #peers(id: string): readonly MissingPart[] {
    return this.#view.topology.peerings.flatMap((peering) => {
      const side = otherSide(peering, id);
      return side === null ? [] : this.#network(side.vpcId, peering.id);
    });
  }

  #transits(id: string): readonly MissingPart[] {
    return this.#view.topology.transitGateways
      .filter(({ attachments }) => attachments.some(({ vpcId }) => vpcId === id))
      .flatMap((gateway) => {
        const tables: readonly MissingPart[] =
          gateway.tables.size === 0
            ? [{ reason: `The route tables of ${gateway.id} were not read.`, component: gateway.id, by: gateway.id }]
            : [];
        const others = gateway.attachments.flatMap(({ vpcId }) =>
          vpcId === null || vpcId === id ? [] : this.#network(vpcId, gateway.id),
        );
        return [...tables, ...others];
      });
  }

  #network(vpcId: string, by: string): readonly MissingPart[] {
    if (!this.#view.topology.vpcs.has(vpcId)) {
      return [{ reason: `VPC ${vpcId} at the other end of ${by} was not read.`, component: vpcId, by }];
    }
    return this.#view.subnetsOf(vpcId).flatMap((subnet) => this.#subnet(subnet.id, by));
  }

  #balancers(vpcId: string): readonly MissingPart[] {
    const by: Category = 'load-balancer';
    return this.#view.topology.loadBalancers
      .filter((balancer) => balancer.vpcId === vpcId)
      .flatMap((balancer) => [
        ...balancer.subnetIds.flatMap((id) => this.#subnet(id, by)),
        ...(balancer.groupIds ?? []).flatMap((id) => this.#group(id).map((part) => ({ ...part, by }))),
      ]);
  }
}

function distinct(parts: readonly MissingPart[]): readonly MissingPart[] {
  return [...new Map(parts.map((part) => [`${part.component} ${part.reason} ${part.by}`, part])).values()];
}
