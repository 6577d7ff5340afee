import { type AddressExtent, EXTENT_BLOCKS_MAX } from '../../model/intended.ts';
import { addressesOf, blockTexts, FAMILIES, type Family, INTERNET, readBlock } from './address.ts';
import { type Intervals, NOTHING, subtract, touch, union } from './intervals.ts';

/** Exactly the addresses that may call, of each family. */
export type Sources = Readonly<Record<Family, Intervals>>;

export const NO_SOURCES: Sources = { ipv4: NOTHING, ipv6: NOTHING };

const BLOCKS_NAMED = 3;
const WORLD = { ipv4: 'any IPv4 address of the internet', ipv6: 'any IPv6 address of the internet' } as const;

/** What is in either. */
export function joinSources(a: Sources, b: Sources): Sources {
  return { ipv4: union(a.ipv4, b.ipv4), ipv6: union(a.ipv6, b.ipv6) };
}

/** The addresses as blocks; null where these are too many to be kept. */
export function extentOf({ ipv4, ipv6 }: Sources): AddressExtent | null {
  const most = EXTENT_BLOCKS_MAX + 1;
  const extent = { ipv4: blockTexts('ipv4', ipv4, most), ipv6: blockTexts('ipv6', ipv6, most) };
  return extent.ipv4.length + extent.ipv6.length > EXTENT_BLOCKS_MAX ? null : extent;
}

/** Which addresses are beyond what was meant, in one sentence; null where none is. A block that cannot be read holds nothing. */
export function beyondExtent(sources: Sources, extent: AddressExtent): string | null {
  const beyond = FAMILIES.flatMap((family) => {
    const blocks = extent[family].map(readBlock).filter((block) => block !== null);
    const meant = addressesOf(blocks.filter((block) => block.family === family));
    return namesOf(family, sources[family], subtract(sources[family], meant));
  });
  if (beyond.length === 0) return null;
  const named = beyond.slice(0, BLOCKS_NAMED).join(', ');
  const more = beyond.length > BLOCKS_NAMED ? ' and other blocks' : '';
  return `Wider than intended: ${named}${more} may call since, and ${beyond.length === 1 ? 'was' : 'were'} not meant.`;
}

function namesOf(family: Family, sources: Intervals, beyond: Intervals): readonly string[] {
  const isWorld = touch(beyond, INTERNET[family]) && subtract(INTERNET[family], sources).length === 0;
  return isWorld ? [WORLD[family]] : blockTexts(family, beyond, BLOCKS_NAMED + 1);
}
