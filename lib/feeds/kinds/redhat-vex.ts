import { toAdvisoryOfRedHatVex } from '../../core/advisories/redhat-vex.ts';
import { redHatArchiveUrl, redHatVexChanges } from '../redhat-vex-delta.ts';
import { readVexArchive } from '../vex-archive.ts';
import { type FeedKind, isSelection, MEBIBYTE } from './feed-kind.ts';
import { fillPack } from './fill-pack.ts';

const SELECTION = 'Red Hat VEX';

/** What Red Hat says of every flaw in its packages: fixed, left open and why, or not affected. On request. */
export const redhatVex: FeedKind = {
  id: 'redhat-vex',
  listsChanges: redHatVexChanges,
  bytesMax: 8192 * MEBIBYTE,
  placesOf: (selection) => (isSelection(selection, SELECTION) ? [''] : []),
  selectionOf: () => SELECTION,
  titleOf: () => "Red Hat's verdicts (VEX)",
  mirrorPath: () => 'redhat-vex/csaf_vex.tar.zst',
  publisherUrl: (_place, signal) => redHatArchiveUrl(signal),
  read(_place, reading) {
    const { path, skips, signal } = reading;
    return fillPack(reading, 'Red Hat', readVexArchive(path, toAdvisoryOfRedHatVex, skips, signal));
  },
};
