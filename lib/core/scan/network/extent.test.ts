import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesOf, INTERNET, readBlock } from './address.ts';
import { beyondExtent, extentOf, joinSources, NO_SOURCES, type Sources } from './extent.ts';
import { intervalsOf, type Point, sizeOf, subtract } from './intervals.ts';

const blocks = (...texts: readonly string[]) => addressesOf(texts.map(readBlock).filter((block) => block !== null));
const ipv4 = (...texts: readonly string[]): Sources => ({ ...NO_SOURCES, ipv4: blocks(...texts) });
const extent = (sources: Sources) => extentOf(sources) ?? { ipv4: [], ipv6: [] };

const span = (top: bigint) =>
  fc
    .tuple(fc.bigInt({ min: 0n, max: top }), fc.bigInt({ min: 0n, max: 64n }))
    .map(([from, length]) => [from, from + length] as const);
const spansOf = (top: bigint, point: (value: bigint) => Point) =>
  fc
    .array(span(top), { maxLength: 6 })
    .map((spans) => intervalsOf(spans.map(([from, to]) => [point(from), point(to)] as const)));
const sources: fc.Arbitrary<Sources> = fc.record({
  ipv4: spansOf(200n, Number),
  ipv6: spansOf(200n, (value) => value + 2n ** 125n),
});

describe('what was meant of an exposure', () => {
  it('is kept exactly, and says nothing of the same addresses', () => {
    fc.assert(
      fc.property(sources, (meant) => {
        const kept = extent(meant);
        expect(blocks(...kept.ipv4)).toEqual(meant.ipv4);
        expect(blocks(...kept.ipv6)).toEqual(meant.ipv6);
        expect(beyondExtent(meant, kept)).toBeNull();
      }),
    );
  });

  it('is an alarm if and only if an address may call that was not in it', () => {
    fc.assert(
      fc.property(sources, sources, (meant, now) => {
        const isInside = sizeOf(subtract(now.ipv4, meant.ipv4)) + sizeOf(subtract(now.ipv6, meant.ipv6)) === 0n;
        expect(beyondExtent(now, extent(meant)) === null).toBe(isInside);
        expect(beyondExtent(joinSources(meant, now), extent(meant)) === null).toBe(isInside);
      }),
    );
  });

  it.each([
    [ipv4('203.0.113.0/24'), ipv4('203.0.113.0/25'), null],
    [
      ipv4('203.0.113.0/24'),
      ipv4('203.0.113.0/24', '198.51.100.0/24'),
      'Wider than intended: 198.51.100.0/24 may call since, and was not meant.',
    ],
    [
      ipv4('203.0.113.0/24'),
      ipv4('198.51.100.0/32', '198.51.100.2/32', '198.51.100.4/32', '198.51.100.6/32'),
      'Wider than intended: 198.51.100.0/32, 198.51.100.2/32, 198.51.100.4/32 and other blocks may call since, and were not meant.',
    ],
    [
      ipv4('203.0.113.0/24'),
      ipv4('0.0.0.0/0'),
      'Wider than intended: any IPv4 address of the internet may call since, and was not meant.',
    ],
    [
      { ...NO_SOURCES, ipv4: INTERNET.ipv4 },
      ipv4('0.0.0.0/0'),
      'Wider than intended: 0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10 and other blocks may call since, and were not meant.',
    ],
    [
      ipv4('203.0.113.0/24'),
      { ipv4: blocks('203.0.113.0/24'), ipv6: blocks('2001:db8::/32') },
      'Wider than intended: 2001:db8::/32 may call since, and was not meant.',
    ],
  ])('%# says in words what is wider', (meant, now, sentence) => {
    expect(beyondExtent(now, extent(meant))).toBe(sentence);
  });

  it('holds a thousand blocks and no more', () => {
    const hosts = (count: number): Sources => ({
      ...NO_SOURCES,
      ipv4: Array.from({ length: 2 * count }, (_, at) => (at >> 1) * 2 + (at & 1)),
    });
    expect(extentOf(hosts(1_000))?.ipv4).toHaveLength(1_000);
    expect(extentOf(hosts(1_001))).toBeNull();
    expect(extentOf({ ...hosts(1_000), ipv6: blocks('2001:db8::/32') })).toBeNull();
    expect(extentOf({ ipv4: INTERNET.ipv4, ipv6: INTERNET.ipv6 })?.ipv6).toEqual(['2000::/3']);
  });

  it('counts a block that cannot be read as one that was not meant', () => {
    expect(beyondExtent(ipv4('10.0.0.0/8'), { ipv4: ['10.0.0.0/8x', '::/0'], ipv6: [] })).toContain('10.0.0.0/8');
  });
});
