import type { Advisory } from '../../core/model/advisory.ts';
import { fillOsv } from '../advisory-index/fill-osv.ts';
import { createOsvPackWriter, type OsvPackWriter } from '../advisory-index/osv-pack-writer.ts';
import type { FeedReading, ReadFeed } from './feed-kind.ts';

/** Writes advisories of one ecosystem, with or without release, into a pack. */
export function fillPack(
  { target, skips, now }: FeedReading,
  ecosystem: string,
  advisories: AsyncIterable<Advisory>,
): Promise<ReadFeed> {
  return intoPack(createOsvPackWriter(target), async (pack) => ({
    ...(await fillOsv(pack, ecosystem, advisories, skips, now)),
    detail: {},
  }));
}

/** Runs `fill` and lets go of the pack, whether it was finished or not. */
export async function intoPack<Pack extends { abandon(): void } = OsvPackWriter>(
  pack: Pack,
  fill: (pack: Pack) => Promise<ReadFeed>,
): Promise<ReadFeed> {
  try {
    return await fill(pack);
  } finally {
    pack.abandon();
  }
}
