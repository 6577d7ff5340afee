import type { EpssHeader } from '../../core/advisories/epss.ts';
import { createEpssPackWriter } from '../advisory-index/epss-pack.ts';
import { readEpss } from '../epss.ts';
import { type FeedKind, type FeedReading, MEBIBYTE, type ReadFeed } from './feed-kind.ts';
import { intoPack } from './fill-pack.ts';

/** FIRST's scores of how likely exploitation is. Every sync brings them. */
export const epss: FeedKind = {
  id: 'epss',
  listsChanges: false,
  bytesMax: 256 * MEBIBYTE,
  placesOf: () => [],
  selectionOf: () => null,
  titleOf: () => 'Exploit prediction scores (EPSS)',
  mirrorPath: () => 'epss/epss_scores.csv.gz',
  publisherUrl: async () => new URL('https://epss.empiricalsecurity.com/epss_scores-current.csv.gz'),
  read: (_place, reading) => readScores(reading),
};

function readScores({ target, path, skips, signal }: FeedReading): Promise<ReadFeed> {
  return intoPack(createEpssPackWriter(target), async (pack) => {
    let header: EpssHeader = { modelVersion: '', date: '' };
    const batches = readEpss(path, skips, signal, (stated) => {
      header = stated;
    });
    for await (const rows of batches) {
      for (const { id, score } of rows) {
        pack.add(id, score.probability, score.percentile);
      }
    }
    const records = pack.finish(header.date);
    return { records, newest: new Date(`${header.date}T00:00:00Z`), detail: { ...header } };
  });
}
