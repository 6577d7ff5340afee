import { type Address, readAddress } from '../address.ts';
import type { NetworkInterface, TargetGroup } from '../topology.ts';

/** The interface and its address that a target of a kind is in a VPC; null where nobody has it. */
export type Owners = (
  kind: TargetGroup['kind'],
  id: string,
  vpcId: string,
) => { readonly interfaceId: string; readonly address: Address } | null;

/** An instance is called at the primary address of its primary interface, an address wherever it is in the VPC. */
export function ownersOf(interfaces: readonly NetworkInterface[]): Owners {
  const primary = new Map<string, NetworkInterface>();
  const holders = new Map<string, { readonly interfaceId: string; readonly address: Address }>();
  for (const one of interfaces) {
    if (one.instanceId !== null && one.deviceIndex === 0) primary.set(one.instanceId, one);
    for (const address of one.addresses) holders.set(`${one.vpcId} ${address.point}`, { interfaceId: one.id, address });
  }
  return (kind, id, vpcId) => {
    if (kind === 'ip') return holders.get(`${vpcId} ${pointOf(id)}`) ?? null;
    const owner = primary.get(id);
    const address = owner?.addresses.find((one) => one.family === 'ipv4' && one.isPrimary);
    return owner === undefined || address === undefined ? null : { interfaceId: owner.id, address };
  };
}

function pointOf(text: string): string {
  return String(readAddress(text)?.point ?? '');
}
