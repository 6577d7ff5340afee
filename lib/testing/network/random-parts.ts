import { pick } from '../random.ts';
import type { RouteTable, Subnet, TopologyFile } from './topology-file.ts';

/** Random choices that a generator makes. */
export interface Dice {
  unit: () => number;
  below: (limit: number) => number;
  chance: (probability: number) => boolean;
  one: <T>(list: readonly T[]) => T;
  some: <T>(list: readonly T[], count: number) => T[];
  shuffle: <T>(list: readonly T[]) => T[];
}

/** A VPC while its topology is being drawn. */
export interface Net {
  index: number;
  id: string;
  /** The first two octets of its block. */
  prefix: string;
  subnets: Subnet[];
  tables: RouteTable[];
  groups: string[];
  appliance: string | undefined;
}

type Lists = Required<Omit<TopologyFile, 'VpcBlockPublicAccessOptions'>> &
  Pick<TopologyFile, 'VpcBlockPublicAccessOptions'>;

export interface Draft {
  dice: Dice;
  nets: Net[];
  lastHost: number;
  file: Lists;
}

/** Blocks of the internet and of private networks, many of which hold one another. */
export const IPV4_POOL = [
  '0.0.0.0/1',
  '128.0.0.0/1',
  '198.51.100.0/24',
  '198.51.100.0/25',
  '203.0.113.7/32',
  '8.0.0.0/5',
].concat([
  '10.0.0.0/8',
  '10.0.0.0/16',
  '10.1.0.0/16',
  '10.0.1.0/24',
  '10.0.0.0/15',
  '10.0.1.0/28',
  '192.168.0.0/16',
  '172.16.0.0/12',
]);
export const IPV6_POOL = ['2000::/3', '2001:db8::/32', '2001:db8:8000::/33', '2600:1f00::/32', '2600:1f00:0:100::/56'];
export const REMOTE_BLOCKS = ['192.168.0.0/16', '192.168.7.0/24', '172.16.0.0/12', '0.0.0.0/0', 'fd00::/8'];
export const ZONES = ['eu-central-1a', 'eu-central-1b'];
export const WORLD = { ipv4: '0.0.0.0/0', ipv6: '::/0' };

/** Single ports, short ranges, and client port ranges that meet only in part. */
export const PORT_RANGES: readonly (readonly [number, number])[] = [
  [22, 22],
  [20, 25],
  [80, 80],
  [443, 443],
  [53, 53],
  [0, 65535],
  [0, 65535],
  [80, 8085],
  [8080, 8090],
  [0, 1023],
  [1024, 65535],
  [1024, 4999],
  [32768, 60999],
  [49152, 65535],
];

export function createDice(unit: () => number): Dice {
  const shuffle = <T>(list: readonly T[]) =>
    list
      .map((item) => ({ item, place: unit() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item);
  return {
    unit,
    below: (limit) => Math.floor(unit() * limit),
    chance: (probability) => unit() < probability,
    one: (list) => pick(unit, list),
    some: (list, count) => shuffle(list).slice(0, count),
    shuffle,
  };
}
