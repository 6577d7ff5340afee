import type { Family, TopologyFile } from './topology-file.ts';

export interface Block {
  family: Family;
  first: bigint;
  last: bigint;
  length: number;
}

/** One port interval in which no rule of the file changes its mind. */
export interface PortCell {
  first: number;
  last: number;
}

/** One packet per cell of each axis stands for all others of the cell. */
export interface Cells {
  addresses: Record<Family, bigint[]>;
  ports: PortCell[];
  clientPorts: number[];
}

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];
const NOT_INTERNET = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
].concat(['192.168.0.0/16', '224.0.0.0/4', '240.0.0.0/4']);
const GLOBAL_IPV6 = '2000::/3';
const PORT_FIELDS = new Set(['FromPort', 'From', 'ToPort', 'To', 'Port', 'InstancePort', 'LoadBalancerPort']);
const FIRST_CLIENT_PORT = 1024;
const LAST_PORT = 65535;

const knownBlocks = new Map<string, Block | null>();

/** A block or a single address; null for any other text. */
export function parseBlock(text: string): Block | null {
  const known = knownBlocks.get(text);
  if (known !== undefined) return known;
  const block = readBlock(text);
  knownBlocks.set(text, block);
  return block;
}

/** The address as a number, of the family that its text shows. */
export function parseAddress(text: string): { family: Family; address: bigint } | null {
  const block = text.includes('/') ? null : parseBlock(text);
  return block === null ? null : { family: block.family, address: block.first };
}

export function blockHolds(text: string, family: Family, address: bigint): boolean {
  const block = parseBlock(text);
  return block !== null && block.family === family && block.first <= address && address <= block.last;
}

export function isOnInternet(family: Family, address: bigint): boolean {
  if (family === 'ipv6') return blockHolds(GLOBAL_IPV6, family, address);
  return !NOT_INTERNET.some((block) => blockHolds(block, family, address));
}

/** Cuts the axes at both ends of every block, address and port that the file mentions anywhere. */
export function cutIntoCells(file: TopologyFile): Cells {
  const cuts = { ipv4: new Set([0n]), ipv6: new Set([0n]) };
  const ports = new Set([0, FIRST_CLIENT_PORT]);
  for (const text of [...NOT_INTERNET, GLOBAL_IPV6]) cutAtBlock(text, cuts);
  walk(file, '', (key, value) => {
    if (typeof value === 'string') cutAtBlock(value, cuts);
    if (typeof value === 'number' && PORT_FIELDS.has(key)) ports.add(value).add(value + 1);
  });
  const starts = [...ports].filter((port) => port >= 0 && port <= LAST_PORT).sort((a, b) => a - b);
  return {
    addresses: { ipv4: sorted(cuts.ipv4, 32n), ipv6: sorted(cuts.ipv6, 128n) },
    ports: starts.map((first, index) => ({ first, last: (starts[index + 1] ?? LAST_PORT + 1) - 1 })),
    clientPorts: starts.filter((port) => port >= FIRST_CLIENT_PORT),
  };
}

export function eachFamily<T>(make: (family: Family) => T): Record<Family, T> {
  const [ipv4, ipv6] = FAMILIES.map(make);
  return { ipv4: ipv4 as T, ipv6: ipv6 as T };
}

function cutAtBlock(text: string, cuts: Record<Family, Set<bigint>>): void {
  const block = parseBlock(text);
  if (block !== null) cuts[block.family].add(block.first).add(block.last + 1n);
}

function sorted(cuts: Set<bigint>, bits: bigint): bigint[] {
  return [...cuts].filter((cut) => cut < 1n << bits).sort((a, b) => (a < b ? -1 : 1));
}

function walk(value: unknown, key: string, visit: (key: string, value: unknown) => void): void {
  visit(key, value);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) walk(inner, name, visit);
}

function readBlock(text: string): Block | null {
  const [address = '', lengthText] = text.split('/');
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const bits = family === 'ipv6' ? 128 : 32;
  const value = family === 'ipv6' ? readIpv6(address) : readIpv4(address);
  if (value === null || (lengthText !== undefined && !/^\d{1,3}$/.test(lengthText))) return null;
  const length = lengthText === undefined ? bits : Number(lengthText);
  if (length > bits) return null;
  const hostBits = BigInt(bits - length);
  const first = (value >> hostBits) << hostBits;
  return { family, first, last: first + (1n << hostBits) - 1n, length };
}

function readIpv4(text: string): bigint | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const parts = text.split('.').map(Number);
  if (parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function readIpv6(text: string): bigint | null {
  if (!/^[0-9a-fA-F:]{2,39}$/.test(text)) return null;
  const [head = '', tail] = text.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - before.length - after.length;
  if (missing < 0 || (tail === undefined && missing !== 0)) return null;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(Number.parseInt(group, 16)), 0n);
}
