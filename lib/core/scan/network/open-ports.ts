import type { NetworkEvidence } from '../../model/network.ts';
import { OPEN_RANGES_MAX, type OpenRange, REACHES, type Reach } from '../../model/resource-facts.ts';
import { type Intervals, inclusive, intervalsOf, NOTHING, subtract, union } from './intervals.ts';

/** How widely the ports of a path are reached. */
export function reachOfPath({ isWorld, category, hops }: NetworkEvidence): Reach {
  if (hops.some(({ type }) => type.endsWith('::LoadBalancer'))) return 'load-balancer';
  if (isWorld) return 'internet';
  return category === 'internet' ? 'internet-restricted' : 'peer';
}

/** Ways as the words of a path begin. */
export const WAY_WORDS: Readonly<Record<Reach, string>> = {
  internet: 'Internet',
  'load-balancer': 'Load balancer',
  'internet-restricted': 'Some of the internet',
  peer: 'Neighbouring networks',
  vpc: 'Its own network',
  isolated: 'Nobody',
};

/**
 * The ports that paths lead to, each with the widest way to it; neighbouring ports of one way are one range. Null where
 * something that is not known could open another, or where they are too many to be told.
 */
export function openRangesOf(evidence: readonly NetworkEvidence[], isDoubtful: boolean): readonly OpenRange[] | null {
  if (isDoubtful) return null;
  const ranges = (['tcp', 'udp'] as const).flatMap((protocol) => {
    const own = evidence.filter((one) => one.protocol.toLowerCase() === protocol);
    let wider: Intervals = NOTHING;
    return REACHES.flatMap((reach) => {
      const pairs = own.filter((one) => reachOfPath(one) === reach).map((one) => [one.begin, one.end + 1] as const);
      const here = intervalsOf(pairs);
      const first = subtract(here, wider);
      wider = union(wider, here);
      return inclusive(first).map(([begin, end]): OpenRange => ({ protocol, begin, end, reach }));
    });
  });
  return ranges.length > OPEN_RANGES_MAX ? null : ranges;
}
