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
