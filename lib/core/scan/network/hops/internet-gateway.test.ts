import { describe, expect, it } from 'vitest';
import { type Base, buildTopology, route } from '../../../../testing/network/build-topology.ts';
import { readAddress } from '../address.ts';
import { readTopology } from '../read-topology.ts';
import { entryAt, gatewaysOf, isShut } from './internet-gateway.ts';

function topologyWith(change: (base: Base) => void) {
  return readTopology(buildTopology(change)).topology;
}

/** A table of the gateway itself with one route. */
function edge(...routes: ReturnType<typeof route>[]) {
  return topologyWith(({ file }) => {
    const Associations = [{ GatewayId: 'igw-a', AssociationState: { State: 'associated' } }];
    file.RouteTables.push({ RouteTableId: 'rtb-edge', VpcId: 'vpc-a', Associations, Routes: routes });
  });
}

const target = readAddress('10.0.1.10');
const entry = (topology: ReturnType<typeof edge>) =>
  target === null ? null : entryAt(topology, 'igw-a', 'vpc-a', target);

describe('an internet gateway', () => {
  it('is of a VPC while it is attached', () => {
    const attached = topologyWith(() => undefined);
    expect(gatewaysOf(attached, 'vpc-a', 'internet').map(({ id }) => id)).toEqual(['igw-a']);
    expect(gatewaysOf(attached, 'vpc-a', 'vpn')).toEqual([]);
    const detached = topologyWith(({ gateway }) => Object.assign(gateway, { Attachments: [] }));
    expect(gatewaysOf(detached, 'vpc-a', 'internet')).toEqual([]);
  });

  it('delivers, or hands over, or drops, as its own table says', () => {
    expect(entry(topologyWith(() => undefined))).toEqual({ kind: 'deliver' });
    expect(entry(edge(route('10.0.0.0/16', 'local')))).toEqual({ kind: 'deliver' });
    expect(entry(edge(route('10.0.1.0/24', 'eni-firewall')))).toEqual({ kind: 'appliance', id: 'eni-firewall' });
    expect(entry(edge(route('10.0.1.0/24', 'eni-firewall', { State: 'blackhole' })))).toEqual({ kind: 'drop' });
  });

  it('is shut by block public access, but for what is excluded', () => {
    const subnet = { id: 'subnet-a', vpcId: 'vpc-a' };
    expect(
      isShut(
        topologyWith(() => undefined),
        subnet,
      ),
    ).toBe(false);
    const shut = (ResourceArn?: string) =>
      topologyWith(({ file }) => {
        file.VpcBlockPublicAccessOptions = { InternetGatewayBlockMode: 'block-ingress' };
        if (ResourceArn !== undefined) {
          file.VpcBlockPublicAccessExclusions.push({
            ResourceArn,
            InternetGatewayExclusionMode: 'allow-bidirectional',
            State: 'create-complete',
          });
        }
      });
    expect(isShut(shut(), subnet)).toBe(true);
    expect(isShut(shut('arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-a'), subnet)).toBe(false);
    expect(isShut(shut('arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-other'), subnet)).toBe(true);
  });
});
