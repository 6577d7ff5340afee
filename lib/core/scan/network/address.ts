import ipaddr from 'ipaddr.js';
import { type Intervals, intervalsOf, type Point, pairsOf, subtract } from './intervals.ts';

export type Family = 'ipv4' | 'ipv6';
export const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];

export interface Address {
  readonly family: Family;
  readonly point: Point;
}

/** The addresses of a CIDR block: `start` up to `end` (not in it), which agree in the first `length` bits. */
export interface Block {
  readonly family: Family;
  readonly start: Point;
  readonly end: Point;
  readonly length: number;
}

const BITS = { ipv4: 32, ipv6: 128 } as const;
export const EVERYWHERE: Readonly<Record<Family, Intervals>> = { ipv4: [0, 2 ** 32], ipv6: [0n, 2n ** 128n] };

/** Blocks that no packet of the internet comes from: private, shared, loopback, link-local, multicast, reserved (RFC 6890). */
const NOT_INTERNET = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Sources that count as the internet; the blocks of documentation are among them. */
export const INTERNET: Readonly<Record<Family, Intervals>> = {
  ipv4: subtract(EVERYWHERE.ipv4, addressesOf(NOT_INTERNET.map(blockOf))),
  ipv6: addressesOf([blockOf('2000::/3')]),
};

/** An address as text; null for what is none. */
export function readAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    return { family: 'ipv4', point: Number(numberOf(ipaddr.IPv4.parse(text).toByteArray())) };
  }
  if (text.includes('%') || !ipaddr.IPv6.isValid(text)) return null;
  return { family: 'ipv6', point: numberOf(ipaddr.IPv6.parse(text).toByteArray()) };
}

/** A CIDR block as text, whose bits past its length need not be zero; null for what is none. */
export function readBlock(text: string): Block | null {
  const [head = '', tail, ...rest] = text.split('/');
  const address = readAddress(head);
  if (address === null || tail === undefined || rest.length > 0 || !/^\d{1,3}$/.test(tail)) return null;
  const length = Number(tail);
  const bits = BITS[address.family];
  return length <= bits ? blockAround(address, bits - length) : null;
}

function blockAround({ family, point }: Address, freeBits: number): Block {
  const size = 2n ** BigInt(freeBits);
  const start = (BigInt(point) / size) * size;
  const length = BITS[family] - freeBits;
  if (family === 'ipv6') return { family, start, end: start + size, length };
  return { family, start: Number(start), end: Number(start + size), length };
}

/** The addresses of some blocks of one family. */
export function addressesOf(blocks: readonly Block[]): Intervals {
  return intervalsOf(blocks.map(({ start, end }) => [start, end]));
}

export function holds(block: Block, { family, point }: Address): boolean {
  return block.family === family && block.start <= point && point < block.end;
}

/** An address in its canonical text (RFC 5952 for IPv6). */
export function addressText({ family, point }: Address): string {
  if (family === 'ipv4') {
    const number = Number(point);
    return [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255].join('.');
  }
  const bytes = Array.from({ length: 16 }, (_, at) => Number((BigInt(point) >> BigInt(8 * (15 - at))) & 255n));
  return new ipaddr.IPv6(bytes).toRFC5952String();
}

/** The fewest CIDR blocks that hold exactly these addresses, at most `max` of them. */
export function blockTexts(family: Family, addresses: Intervals, max: number): readonly string[] {
  const texts: string[] = [];
  for (const [from, to] of pairsOf(addresses)) {
    const end = BigInt(to);
    for (let start = BigInt(from); start < end && texts.length < max; ) {
      const freeBits = largestBlock(start, end - start, BITS[family]);
      const point = family === 'ipv4' ? Number(start) : start;
      texts.push(`${addressText({ family, point })}/${BITS[family] - freeBits}`);
      start += 2n ** BigInt(freeBits);
    }
  }
  return texts;
}

/** How many low bits the largest block has that begins at `start` and holds at most `room` addresses. */
function largestBlock(start: bigint, room: bigint, bits: number): number {
  let free = 0;
  while (free < bits && start % 2n ** BigInt(free + 1) === 0n && 2n ** BigInt(free + 1) <= room) free += 1;
  return free;
}

function numberOf(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function blockOf(text: string): Block {
  const block = readBlock(text);
  if (block === null) throw new Error(`"${text}" is no block of addresses.`);
  return block;
}
