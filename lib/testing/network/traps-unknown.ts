import {
  addPeer,
  addTransit,
  type Base,
  buildTopology,
  NOTHING,
  route,
  rule,
  SSH,
  type Trap,
  takePublicAddress,
} from './build-topology.ts';

function unknown(name: string, components: string[], change: (base: Base) => void): Trap {
  const expected = { direct: NOTHING, peer: {}, tgw: {}, vgw: {} };
  return { name, topology: buildTopology(change), interface: 'eni-a', expected, unknown: components };
}

/** Cases in which a part of the picture is missing; an empty list where its absence cannot change the answer. */
export const UNKNOWN_TRAPS: readonly Trap[] = [
  unknown('an instance that was not read makes its interface unknown', ['i-a'], ({ file }) => {
    file.Instances = [];
  }),
  unknown('a subnet that was not read makes the interface unknown', ['subnet-a'], ({ file }) => {
    file.Subnets = [];
  }),
  unknown('a shared subnet without a readable table is unknown', ['subnet-a'], ({ file }) => {
    file.RouteTables = [];
  }),
  unknown('a shared subnet without a readable list is unknown', ['subnet-a'], ({ file }) => {
    file.NetworkAcls = [];
  }),
  unknown('a group that was not read makes the interface unknown', ['sg-a'], ({ file }) => {
    file.SecurityGroups = [];
  }),
  unknown('a prefix list of a rule that was not read is unknown', ['pl-x'], ({ group }) => {
    group.IpPermissions = [rule('tcp', [22, 22], 'pl-x')];
  }),
  unknown('a prefix list of a route that was not read is unknown', ['pl-x'], ({ table }) => {
    table.Routes = [route('pl-x', 'igw-a')];
  }),
  unknown('an unreadable prefix list does not matter where nothing comes from outside', [], ({ group, face }) => {
    takePublicAddress(face);
    group.IpPermissions = [rule('tcp', [22, 22], 'pl-x')];
  }),
  unknown('an unreadable group does not matter on a stopped instance', [], ({ file, instance }) => {
    instance.State = { Name: 'stopped' };
    file.SecurityGroups = [];
  }),
  {
    ...unknown('an unreadable prefix list does not matter where the port is open to all', [], ({ group }) => {
      group.IpPermissions = [rule('tcp', [22, 22], 'pl-x', '0.0.0.0/0')];
    }),
    expected: { direct: SSH },
  },
  unknown('a peered VPC of another account is unknown', ['vpc-b'], (base) => {
    addPeer(base);
    takePublicAddress(base.face);
    removeNeighbour(base);
  }),
  unknown('a peered VPC of another account does not matter where no route leads back', [], (base) => {
    addPeer(base);
    takePublicAddress(base.face);
    removeNeighbour(base);
    base.table.Routes = [];
  }),
  unknown('a VPC of another account behind a transit gateway is unknown', ['vpc-b'], (base) => {
    addTransit(base);
    takePublicAddress(base.face);
    removeNeighbour(base);
  }),
  unknown('a VPC of another account behind a transit gateway does not matter to a group that is shut', [], (base) => {
    addTransit(base);
    takePublicAddress(base.face);
    removeNeighbour(base);
    base.group.IpPermissions = [];
  }),
];

function removeNeighbour({ file }: Base): void {
  file.Vpcs = file.Vpcs.filter((each) => each.VpcId !== 'vpc-b');
  file.Subnets = file.Subnets.filter((each) => each.VpcId !== 'vpc-b');
  file.RouteTables = file.RouteTables.filter((each) => each.VpcId !== 'vpc-b');
  file.NetworkAcls = file.NetworkAcls.filter((each) => each.VpcId !== 'vpc-b');
  file.NetworkInterfaces = file.NetworkInterfaces.filter((each) => each.VpcId !== 'vpc-b');
  file.Instances = file.Instances.filter((each) => each.InstanceId !== 'i-b');
  file.SecurityGroups = file.SecurityGroups.filter((each) => each.VpcId !== 'vpc-b');
}
