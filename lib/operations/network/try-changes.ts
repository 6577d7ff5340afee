import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { IngressRule } from '../../core/model/network.ts';
import type { NetworkChange } from '../../core/model/network-change.ts';
import { readBlock } from '../../core/scan/network/address.ts';
import { type ChangedPorts, tryChanges } from '../../core/scan/network/change.ts';
import type { InterfaceReach, Reach } from '../../core/scan/network/reach.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { type MovedPorts, movedPorts } from './get-path-cuts.ts';
import { recentNetwork } from './open-network.ts';

const CHANGES_MAX = 20;
const PORT_MAX = 65_535;
const REASONS_SHOWN = 5;

const rule = z
  .object({
    groupId: z.string().regex(/^sg-[\w-]{1,60}$/, 'Write the id of a security group, such as sg-0c41f7e2.'),
    protocol: z.enum(['tcp', 'udp', '-1']),
    from: z.number().int().min(0).max(PORT_MAX).nullable(),
    to: z.number().int().min(0).max(PORT_MAX).nullable(),
    source: z
      .string()
      .trim()
      .max(64)
      .refine(isSource, 'Write a block such as 203.0.113.0/24, a prefix list (pl-…) or a security group (sg-…).'),
  })
  .refine(({ protocol, from, to }) => protocol === '-1' || (from !== null && to !== null && from <= to), {
    message: 'Write a port, or a range such as 8000-8080.',
    path: ['from'],
  });

const schema = z.object({
  accountId: z.string().max(64),
  region: z.string().max(32),
  changes: z
    .array(z.object({ kind: z.enum(['revoke', 'authorize']), rule }))
    .min(1)
    .max(CHANGES_MAX),
});

function isSource(text: string): boolean {
  return /^(?:sg|pl)-[\w-]{1,60}$/.test(text) || readBlock(text) !== null;
}

interface NamedPorts extends MovedPorts {
  readonly resourceId: string;
  readonly resourceName: string;
}

/** What changes of rules would do to the instances of an account in a region. */
export interface TriedChanges {
  readonly opened: readonly NamedPorts[];
  readonly closed: readonly NamedPorts[];
  /** Ports that stay open, to fewer. */
  readonly narrowed: readonly NamedPorts[];
  /** Ports that are open already, to more. */
  readonly widened: readonly NamedPorts[];
  /** Instances that were looked at. */
  readonly instances: number;
  /** Why not everything is known of some of them. */
  readonly unknown: readonly string[];
}

interface TryNetworkChangesInput {
  readonly accountId: string;
  readonly region: string;
  readonly changes: readonly { readonly kind: 'revoke' | 'authorize'; readonly rule: IngressRule }[];
}

/** Tries changes of security group rules on the network as it was last read, before anybody makes them. Nothing is changed. */
export const tryNetworkChanges: Operation<TryNetworkChangesInput, TriedChanges> = {
  name: 'TryNetworkChanges',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { accountId, region, changes }) {
    const isVisible = caller.accounts === null || caller.accounts.includes(accountId);
    const { solved, instances } = isVisible
      ? await recentNetwork(deps, accountId, region)
      : { solved: null, instances: [] };
    if (solved === null || solved.topology.groups.size === 0) {
      throw new AppError('not-found', 'No network of this account in this region was read, or you may not see it.');
    }
    for (const change of changes) requireRule(solved, change);
    const { opened, closed, narrowed, widened } = tryChanges(solved, changes);
    const known = new Map(instances.map((one) => [one.instanceId, one]));
    const named = (moved: readonly ChangedPorts[]): readonly NamedPorts[] =>
      movedPorts(solved, moved, null).map((one) => {
        const { resource = '', name = one.instanceId } = known.get(one.instanceId) ?? {};
        return { ...one, resourceId: resource, resourceName: name };
      });
    return {
      opened: named(opened),
      closed: named(closed),
      narrowed: named(narrowed),
      widened: named(widened),
      instances: instances.length,
      unknown: reasons(solved.all().filter((one) => known.has(one.interface.instanceId ?? ''))),
    };
  },
};

/** Why not everything is known of some interfaces, each reason once. */
function reasons(interfaces: readonly InterfaceReach[]): readonly string[] {
  return [...new Set(interfaces.flatMap(({ unknown }) => unknown.map(({ reason }) => reason)))].slice(0, REASONS_SHOWN);
}

function requireRule({ topology }: Reach, change: NetworkChange): void {
  if (!('rule' in change)) return;
  const { groupId } = change.rule;
  if (!topology.groups.has(groupId)) {
    throw new AppError('invalid-input', `${groupId} is no security group that was read there.`, {
      groupId: 'No such group was read in this account and region.',
    });
  }
}
