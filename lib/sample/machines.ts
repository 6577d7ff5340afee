import type { InstanceFacts } from '../core/model/cloud.ts';
import { SAMPLE_INSTANCES } from './instances.ts';
import { SAMPLE_NETWORKS, type SampleNetwork } from './networks.ts';
import type { SampleRole } from './packages.ts';
import { awsId, drawFrom, type SampleThing } from './sample-thing.ts';

/** A subnet of a sample network, `public-a`. */
export interface SampleSubnet {
  readonly id: string;
  readonly name: string;
  readonly isPublic: boolean;
  readonly zone: 'a' | 'b';
  /** The third number of its addresses. */
  readonly number: number;
}

/** An instance of the sample as it stands in its network. */
export interface SampleMachine {
  readonly thing: SampleThing;
  readonly instanceId: string;
  readonly network: SampleNetwork;
  readonly subnet: SampleSubnet;
  readonly address: string;
  readonly publicAddress: string | null;
  readonly groups: readonly string[];
}

const ZONES = ['a', 'b'] as const;
/** Small numbers are the network's own. */
const FIRST_HOST = 10;

/** Every instance of the sample in its network. */
export const SAMPLE_MACHINES: readonly SampleMachine[] = SAMPLE_NETWORKS.flatMap((network) =>
  SAMPLE_INSTANCES.filter(
    ({ resource }) => resource.accountId === network.accountId && resource.region === network.region,
  ).map((thing, index) => machineOf(network, thing, index)),
);

export function subnetsOf(network: SampleNetwork): readonly SampleSubnet[] {
  return [...(network.hasGateway ? [true] : []), false].flatMap((isPublic) =>
    ZONES.map((zone, index) => {
      const name = `${isPublic ? 'public' : 'private'}-${zone}`;
      const number = index + (isPublic ? 0 : 10);
      return { id: awsId('subnet', `${network.name} ${name}`), name, isPublic, zone, number };
    }),
  );
}

export function vpcIdOf({ name }: SampleNetwork): string {
  return awsId('vpc', name);
}

function machineOf(network: SampleNetwork, thing: SampleThing, index: number): SampleMachine {
  const { name, id } = thing.resource;
  const plan = network.fleets[name] ?? network.fleets[name.slice(0, name.lastIndexOf('-'))];
  const [side = '', ...groups] = (plan ?? '').split(' ');
  const zone = ZONES[index % ZONES.length];
  const subnet = subnetsOf(network).find((one) => one.name === `${side}-${zone}`);
  if (subnet === undefined) throw new Error(`${name} has no place in the network ${network.name}.`);
  const place = SAMPLE_INSTANCES.indexOf(thing);
  return {
    thing,
    instanceId: id.slice(id.lastIndexOf('/') + 1),
    network,
    subnet,
    address: `${network.prefix}.${subnet.number}.${FIRST_HOST + index}`,
    publicAddress: subnet.isPublic ? `198.51.100.${FIRST_HOST + place}` : null,
    groups,
  };
}

const TYPES: Readonly<Record<SampleRole, string>> = {
  web: 'm6i.large',
  api: 'm6i.xlarge',
  db: 'r6i.2xlarge',
  cache: 'r6i.large',
  build: 'c6i.2xlarge',
  bastion: 't3.small',
};

/** What EC2 and SSM would say of the instance. */
export function instanceFactsOf({ thing, instanceId, network, subnet }: SampleMachine): InstanceFacts {
  const { resource, contents, scanning } = thing;
  const { release, role } = contents;
  return {
    kind: 'ec2',
    instanceId,
    state: 'running',
    instanceType: TYPES[role ?? 'web'],
    // Baked anew for each machine, so that none is held against those that were patched since.
    imageId: awsId('ami', resource.name),
    platform: 'LINUX',
    architecture: 'x86_64',
    vpcId: vpcIdOf(network),
    subnetId: subnet.id,
    launchedAt: new Date(Date.UTC(2024, drawFrom(`${resource.name} launched`, 18), 3, 9)),
    profileArn: null,
    volumes: [],
    rootDevice: '/dev/sda1',
    managed:
      scanning.kind === 'never'
        ? null
        : {
            isOnline: scanning.kind !== 'until',
            inventoryAt: null,
            platformName: release?.startsWith('debian') ? 'Debian GNU/Linux' : 'Ubuntu',
            platformVersion: release?.slice(release.indexOf('-') + 1) ?? '',
            agentVersion: '3.3.131.0',
          },
    managedUnknown: null,
  };
}
