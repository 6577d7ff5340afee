import { fillNvd } from '../advisory-index/fill-osv.ts';
import { createOsvPackWriter } from '../advisory-index/osv-pack-writer.ts';
import { readNvd } from '../nvd.ts';
import { type FeedKind, MEBIBYTE } from './feed-kind.ts';
import { intoPack } from './fill-pack.ts';

const FIRST_YEAR = 2002;

/**
 * What NVD says of CVEs, whatever they are in. NVD keeps a file for each year of CVE numbers, of which the first holds all
 * that came before.
 */
export const nvd: FeedKind = {
  id: 'nvd',
  listsChanges: false,
  bytesMax: 4096 * MEBIBYTE,
  placesOf(selection) {
    const years = new Date().getUTCFullYear() - FIRST_YEAR + 1;
    return selection === 'NVD' ? Array.from({ length: years }, (_, n) => String(FIRST_YEAR + n)) : [];
  },
  selectionOf: () => 'NVD',
  titleOf: (place) => `Ratings of ${place} (NVD)`,
  mirrorPath: (place) => `nvd/${fileOf(place)}`,
  publisherUrl: async (place) => new URL(`https://nvd.nist.gov/feeds/json/cve/2.0/${fileOf(place)}`),
  read: (_place, { target, path, skips, signal }) =>
    intoPack(createOsvPackWriter(target), async (pack) => ({
      ...(await fillNvd(pack, readNvd(path, skips, signal))),
      detail: {},
    })),
};

function fileOf(year: string): string {
  return `nvdcve-2.0-${year}.json.gz`;
}
